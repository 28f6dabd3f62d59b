"""The corrections log: every correction, withdrawal, retraction and erasure that the public could read of by a moment, of every type.

`Log(at)` is counted and sliced like a list, newest first; the page, the feed and whoever else tells of corrections read it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Value

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.compare import Comparison, compare_all
from newsroom.publishing.drafts import edition_types
from newsroom.publishing.models import Change, Edition
from newsroom.publishing.querysets import LOGGED, EditionQuerySet, now_beyond
from timeline.models import EventEdition, MeasureEdition

from .models import Erasure

ERASURE = "erasure"
WITH_PAGES = (ArticleEdition, QuestionEdition, EventEdition, MeasureEdition)
"""What has a page of its own, and a history; people and banners are shown on other pages."""


@dataclass(frozen=True)
class Correction:
    """One line of the log. `change` is "correction", "withdrawal", "retraction" or "erasure", `moment` when it became public.

    What was retracted, then or since, has neither title nor addresses, and no note but a retraction's own. `comparison` is the
    corrected text beside the one before, where both can be read. Addresses are paths in the active language.
    """

    change: str
    moment: datetime
    edition: Edition
    is_readable: bool
    note: str = ""
    title: str = ""
    address: str = ""
    history: str = ""
    compared_at: str = ""
    comparison: Comparison | None = None

    @property
    def kind(self):
        """The type of content, in words."""
        return self.edition._meta.verbose_name


class Log:
    """The corrections that were public at `at`, newest first: `log.count()`, `log[:30]`. The queries of a slice do not grow with it."""

    def __init__(self, at):
        self._at, self._types = at, edition_types()
        parts = [part for number, model in enumerate(self._types) for part in self._parts(number, model)]
        self._rows = parts[0].union(*parts[1:], all=True).order_by("-moment", "type", "-key", "-erasure")

    def _parts(self, number, model):
        """(type, edition, moment, erasure) of the editions that correct, withdraw or retract, and of the erasures, of one type."""
        public = EditionQuerySet(model).history(self._at).order_by()  # modeltranslation's own puts columns in any order
        erased = Erasure.objects.filter(
            content_type=ContentType.objects.get_for_model(model), at__lte=self._at, object_id__in=public.values("pk")
        )
        columns = ("type", "key", "moment", "erasure")
        number = Value(number, BigIntegerField())
        changes = public.filter(change__in=LOGGED).annotate(
            type=number, key=F("pk"), moment=F("live_from"), erasure=Value(0, BigIntegerField())
        )
        erasures = erased.order_by().annotate(type=number, key=F("object_id"), moment=F("at"), erasure=F("pk"))
        return changes.values_list(*columns), erasures.values_list(*columns)

    def count(self):
        return self._rows.count()

    def __len__(self):
        return self.count()

    def __getitem__(self, span):
        """A list of Correction."""
        rows = list(self._rows[span])
        erasures = Erasure.objects.in_bulk([erasure for *_row, erasure in rows if erasure])
        of_type = {}
        for number, key, _moment, _erasure in rows:
            of_type.setdefault(number, set()).add(key)
        known = {number: Pasts(self._types[number], keys, self._at) for number, keys in of_type.items()}
        return [known[number].told(key, moment, erasures.get(erasure)) for number, key, moment, erasure in rows]


class Pasts:
    """The editions of one type that the log names, and what is around them in their documents' histories."""

    def __init__(self, model, keys, at):
        self._model = model
        documents = model.objects.filter(pk__in=keys).values("document")
        known = EditionQuerySet(model).history(now_beyond(at) or at).filter(document__in=documents)
        rows = list(known.values_list("pk", "document", "change", "live_from"))
        retracted = {document for _key, document, change, moment in rows if moment > at and change == Change.RETRACTION}
        self._past, self._place, self._readable = {}, {}, {}
        for key, document, change in (row[:3] for row in rows if row[3] <= at):
            self._past.setdefault(document, []).append(key)
            self._place[key] = (document, len(self._past[document]))
            if change == Change.RETRACTION:
                self._readable |= dict.fromkeys(self._past[document], False)
            else:
                self._readable[key] = document not in retracted
        wanted = {key for name in keys for key in (name, self._before(name), self._past[self._place[name][0]][-1])} - {None}
        self._editions = model.objects.in_bulk(wanted)
        self._compare(keys, at)

    def _before(self, key):
        """The edition just before this one, where there is one."""
        document, number = self._place[key]
        return self._past[document][number - 2] if number > 1 else None

    def _compare(self, keys, at):
        pairs = [(self._before(key), key) for key in keys if self._editions[key].change == Change.CORRECTION and self._readable[key]]
        pairs = [(old, new) for old, new in pairs if old and self._readable[old]]
        compared = compare_all([(self._editions[old], self._editions[new]) for old, new in pairs], at)
        self._comparisons = {new: comparison for (_old, new), comparison in zip(pairs, compared, strict=True)}

    def told(self, key, moment, erasure):
        edition, (document, number) = self._editions[key], self._place[key]
        is_readable, change = self._readable[key], ERASURE if erasure else edition.change
        words = erasure.reason if erasure else edition.told.note
        note = words if is_readable or change in (Change.RETRACTION, ERASURE) else ""
        if not is_readable:
            return Correction(change, moment, edition, False, note)
        standing = self._editions[self._past[document][-1]]
        has_page = self._model in WITH_PAGES and standing.change != Change.RETRACTION
        address = standing.get_absolute_url() if has_page else ""
        history = f"{address}history/" if address else ""
        comparison = None if erasure else self._comparisons.get(key)
        compared_at = f"{history}{number - 1}..{number}/" if comparison and history else ""
        title = getattr(edition.text, edition.TITLE)
        return Correction(change, moment, edition, True, note, title, address, history, compared_at, comparison)
