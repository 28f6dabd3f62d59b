"""The lines of the corrections log as items of a feed."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsroom.publishing import languages
from newsroom.publishing.identity import lasting_id
from newsroom.record.corrections import ERASURE

from .feeds import Item
from .items import rendered


def correction(line):
    """The item of one record.corrections.Correction: where its text was retracted, then or since, it names no title and no address."""
    address = settings.SITE_URL + line.address if line.address else ""
    kind = _("Erasure") if line.change == ERASURE else line.edition.get_change_display()
    return Item(
        id=lasting_id(line.change, line.edition._meta.label_lower, line.edition.pk, f"{line.moment:%Y%m%dT%H%M%S}"),
        title=_("%(change)s: %(title)s") % {"change": kind, "title": line.title or capfirst(line.kind)},
        language=languages.current(),
        address=address,
        published=line.moment,
        updated=line.moment,
        summary=line.note,
        html=rendered("follow/_correction.html", {"line": line}, address or settings.SITE_URL),
    )
