"""A PDF chosen in an edition's form is taken in before the form is looked at, so that a save that is refused does not lose it.

From then on the form, the kept text, a refused save and its comparison carry the number of the file like any other fact.
"""

from pathlib import PurePath

from django.core.exceptions import ValidationError

from newsroom.publishing.policy import may_write

from .models import Attachment

UPLOAD = "-upload"
"""How the file of an `AttachedForm` ends its name; its row's `file` stands beside it."""


class Attaching:
    """A mixin of EditionAdmin."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and may_write(request.user, self.model):
            take_in(request)
        return super().changeform_view(request, object_id, form_url, extra_context)


def take_in(request):
    """Make an Attachment of every whole PDF that the request brings, and send its number instead; the form refuses a bad one."""
    for name in [name for name in request.FILES if name.endswith(UPLOAD)]:
        upload = request.FILES[name]
        attachment = Attachment(title=PurePath(upload.name).stem[:200], file=upload, size=upload.size)
        try:
            attachment.full_clean()
        except ValidationError:
            continue
        attachment.save()
        request.FILES.pop(name)
        request.POST = request.POST.copy()
        request.POST[name.removesuffix(UPLOAD) + "-file"] = str(attachment.pk)
