"""The lists: one row a document, with what the desk asks of it first."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Min, OuterRef, Subquery
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import languages
from ..drafts import now
from ..models import Revision, Status
from ..querysets import TOMBSTONES
from ..stages import Stage, in_stage, with_stage
from .panels import PANELS
from .words import full_name, language_name

FEW = 1000
"""So many documents of a status are named to the list; more are looked up row by row."""


class DocumentList(ChangeList):
    """Each document by its newest edition (EditionQuerySet.newest)."""

    def get_results(self, request):
        """One page, and whether there is another; nothing is counted. Ids first: only the rows that are shown ask for their facts."""
        size, first = self.list_per_page, (self.page_num - 1) * self.list_per_page
        if self.page_num < 1:
            raise IncorrectLookupParameters
        ids = list(self.queryset.values_list("pk", flat=True)[first : first + size + 1])
        self.has_next = len(ids) > size
        rows = with_facts(self.model._default_manager.filter(pk__in=ids[:size]), now())
        self.result_list = sorted(self.apply_select_related(rows), key=lambda edition: ids.index(edition.pk))
        self.result_count = self.full_result_count = first + len(ids)  # at least
        self.show_full_result_count, self.show_admin_actions = False, True
        self.can_show_all, self.multi_page, self.paginator = False, self.has_next or first > 0, None

    @property
    def pages(self):
        """(address of the page before, of the page after), "" where there is none."""
        before = self.get_query_string({PAGE_VAR: self.page_num - 1}) if self.page_num > 1 else ""
        return before, self.get_query_string({PAGE_VAR: self.page_num + 1}) if self.has_next else ""

    def get_queryset(self, request, exclude_parameters=None):
        self.root_queryset = with_facts(self.root_queryset.newest(now()), now())
        return super().get_queryset(request, exclude_parameters)


def with_facts(editions, at):
    """Adds what the list shows of each document: live_since, scheduled_for and the name of who saved last."""
    siblings = editions.model._base_manager.filter(document=OuterRef("document"))
    scheduled = siblings.filter(live_from__gt=at, live_until__gt=F("live_from")).order_by().values("document")
    type_ = ContentType.objects.get_for_model(editions.model)
    saves = Revision.objects.filter(content_type=type_, object_id=OuterRef("pk"), is_refused=False, by__isnull=False).order_by("-number")
    return with_stage(editions).annotate(
        live_since=Subquery(siblings.filter(live_from__lte=at, live_until__gt=at).values("live_from")[:1]),
        scheduled_for=Subquery(scheduled.annotate(first=Min("live_from")).values("first")),
        saved_by=Subquery(saves.values(name=full_name("by"))[:1]),
    )


class StatusFilter(admin.SimpleListFilter):
    title = gettext_lazy("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        derived = [(status.value, status.label) for status in Status if status != Status.SUPERSEDED]
        return [*derived[:1], *Stage.choices, *derived[1:], *((panel.value, panel.title) for panel in PANELS if panel.is_filter)]

    def queryset(self, request, queryset):
        at = now()
        documents = {
            Status.DRAFT: lambda model: model.objects.working(),
            Status.SCHEDULED: lambda model: model.objects.scheduled(at),
            Status.LIVE: lambda model: model.objects.live(at),
            Status.WITHDRAWN: lambda model: model.objects.standing(at).filter(change__in=TOMBSTONES, first_live_from__lte=at),
            Status.CANCELLED: lambda model: model.objects.cancelled(),
        }
        documents |= {stage: partial(in_stage, stage=stage) for stage in Stage}
        documents |= {panel.value: partial(panel.find, person=request.user, at=at) for panel in PANELS if panel.is_filter}
        if self.value() not in documents:
            return queryset
        chosen = documents[self.value()](queryset.model)
        return queryset.none() if chosen is None else of_documents(queryset, chosen.order_by())


def of_documents(queryset, chosen):
    """The rows of the documents that have one of these editions: started from the documents, or looked up as far as the page goes."""
    documents = list(chosen.values_list("document", flat=True)[: FEW + 1])
    if len(documents) <= FEW:
        return queryset.filter(document__in=documents)
    return queryset.filter(Exists(chosen.filter(document=OuterRef("document"))))


class Columns:
    """The columns of a list of editions."""

    @admin.display(description=gettext_lazy("title"))
    def title_shown(self, edition):
        return str(edition)

    @admin.display(description=gettext_lazy("status"))
    def status_shown(self, edition):
        status = Stage(edition.stage) if edition.stage else edition.status(now())
        return format_html('<span class="status status-{}">{}</span>', status.value, status.label)

    @admin.display(description=gettext_lazy("languages"))
    def languages_shown(self, edition):
        return format_html_join(" ", '<span class="language language-{}" title="{}">{}</span>', (
            (state, _("{}: {}").format(language_name(code), words), f"{code.upper()} {mark}") for code in languages.LANGUAGES
            for state, mark, words in [self._coverage(edition, code)]
        ))  # fmt: skip

    @staticmethod
    def _coverage(edition, code):
        if not edition.has_text(code):
            return "missing", "–", _("no text")
        if edition.is_behind(code):
            return "behind", "◐", _("follows an older original")
        return "present", "●", _("up to date")

    @admin.display(description=gettext_lazy("live since"), ordering="live_since")
    def live_since_shown(self, edition):
        return edition.live_since

    @admin.display(description=gettext_lazy("scheduled for"), ordering="scheduled_for")
    def scheduled_for_shown(self, edition):
        return edition.scheduled_for

    @admin.display(description=gettext_lazy("saved by"))
    def saved_by_shown(self, edition):
        return edition.saved_by


def title_search(model):
    """The columns a list is searched by: titles and addresses in every language."""
    return languages.columns(model.TITLE, "slug")
