"""Where a picture is shown."""

from django.db.models import Exists, OuterRef

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change

from .models import Picture


def is_retracted(name, at):
    """True where every edition that has shown the picture file `name` by `at` was retracted by then; False where none has."""
    was_shown = False
    for model in edition_types():
        public = model.objects.history(at).order_by()
        for field in (field for field in model._meta.concrete_fields if field.related_model is Picture):
            shown = public.filter(**{f"{field.name}__file": name})
            retractions = public.filter(change=Change.RETRACTION, document=OuterRef("document"), live_from__gte=OuterRef("live_from"))
            if shown.exclude(Exists(retractions)).exists():
                return False
            was_shown = was_shown or shown.exists()
    return was_shown
