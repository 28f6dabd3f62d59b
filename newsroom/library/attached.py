"""Who may read an attachment: everybody while a page that carries or carried it is live; nobody before, or once it is taken back."""

from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change

from .models import Attached


def carriers():
    """[(edition type, its kind of attachments)]."""
    return [(model, model._meta.get_field(name).related_model) for model, name in carried_by()]


def carried_by():
    """[(edition type, what it calls its attachments)]."""
    found = [(model, name) for model in edition_types() for name in model.CHILDREN]
    return [(model, name) for model, name in found if issubclass(model._meta.get_field(name).related_model, Attached)]


def carried(name, at):
    """The newest row that gives readers at `at` the file `name`; None where no live document has, or has had, it."""
    for model, child in carriers():
        public, live = model.objects.history(at).order_by(), model.objects.live(at)
        rows = child.objects.filter(file__file=name, edition__in=public.filter(document__in=live.values("document")))
        if row := rows.select_related("file", "edition").order_by("-edition__live_from").first():
            return row
    return None


def is_retracted(name, now):
    """True where a document that has carried the file was retracted since."""
    for model, child in carriers():
        public = model.objects.history(now).order_by()
        gone = public.filter(change=Change.RETRACTION).values("document")
        if child.objects.filter(file__file=name, edition__in=public.filter(document__in=gone)).exists():
            return True
    return False
