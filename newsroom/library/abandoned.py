"""PDFs that nobody needs: taken in with a form whose save was refused, and never attached to anything.

A deleted draft's are not among them: its saves and the decision that deleted it still name them.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from newsroom.publishing.models import Autosave, Decision, Revision
from newsroom.publishing.unsaved import KEPT

from .attached import carried_by, carriers
from .models import Attachment


def purge():
    """Remove the files taken in longer ago than KEPT that no edition, save, decision or kept form names. Returns how many."""
    loose = Attachment.objects.filter(added_at__lt=timezone.now() - KEPT)
    for _model, child in carriers():
        loose = loose.exclude(pk__in=child.objects.order_by().values("file"))
    found = {str(attachment.pk): attachment for attachment in loose}
    given_up = found.keys() - set(_named()) if found else ()
    for key in given_up:
        _remove(found[key])
    return len(given_up)


def _named():
    """The ids of files, as text, that a save or a decision keeps, or a form that was not sent yet."""
    for model, name in carried_by():
        of_type = {"content_type": ContentType.objects.get_for_model(model)}
        for kind, column in ((Revision, "data"), (Decision, "snapshot")):
            for rows in kind.objects.filter(**of_type).order_by().values_list(f"{column}__{name}", flat=True).iterator():
                yield from (str(row.get("file")) for row in rows or [])
    for fields in Autosave.objects.values_list("fields", flat=True):
        yield from (value for name, value in fields if name.endswith("-file"))


def _remove(attachment):
    with transaction.atomic():
        attachment.delete()
        transaction.on_commit(lambda: default_storage.delete(attachment.file.name))
