"""When two people save the same draft: the second save is refused, kept, and shown beside what the first one wrote."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .. import languages
from ..drafts import last_number
from ..merge import chosen
from ..models import Revision, Tag
from ..policy import translates
from ..restore import rewrite
from ..snapshot import facts, snapshot
from .comparing import compare_snapshots
from .words import in_words, label_of, with_language


class Stale(Exception):
    """A save that began from an older revision than the draft's. `data` is the snapshot it would have made."""

    def __init__(self, data):
        super().__init__()
        self.data = data


@dataclass(frozen=True)
class Difference:
    """One field with two values. `key` names it in the form: "kind", "en.title", "sources"."""

    key: str
    label: str
    theirs: str
    mine: str


def differences(edition, theirs, mine):
    """Where two snapshots of the same edition differ, in the order of the form."""
    model, found = type(edition), []
    for code in languages.LANGUAGES:
        for name in languages.translated_fields(model):
            values = theirs[code].get(name, ""), mine[code].get(name, "")
            if values[0] != values[1]:
                label = with_language(label_of(model, name), code)
                found.append(Difference(f"{code}.{name}", label, *(in_words(model, name, value) for value in values)))
    for name in theirs:
        if name not in languages.LANGUAGES and name != "translations" and theirs[name] != mine.get(name):
            values = theirs[name], mine.get(name)
            found.append(Difference(name, label_of(model, name), *(in_words(model, name, value) for value in values)))
    return found


class Conflicts:
    """A mixin of ModelAdmin."""

    def conflict_step(self, request, edition, number):
        """Both texts, field by field, with a choice for each; both stay among the revisions whatever is chosen."""
        refused = Revision.about(edition).filter(number=number, is_refused=True).first()
        if not self.has_change_permission(request, edition):
            raise PermissionDenied
        if refused is None or not edition.is_draft:
            raise Http404
        latest, theirs = last_number(edition), snapshot(edition)
        comparison = compare_snapshots(edition, theirs, refused.data, request.user)
        own = translates(request.user, self.model)
        lines = [line for line in comparison.changed_lines if line.key.startswith(f"{own}." if own else "") and line.key]
        groups = [] if own else comparison.changed_groups
        if request.method == "POST" and request.POST.get("based_on") == str(latest):
            data = merged_by_choice(theirs, refused.data, lines, groups, request.POST)
            if not self._attempt(request, partial(rewrite, edition, data, request.user, latest)):
                return redirect(request.get_full_path())
            self.message_user(request, _("Saved. Both texts stay in the history."), messages.SUCCESS)
            return self._back(edition)
        other = self.revisions(edition).filter(is_refused=False).first()
        is_merge = "merge" in request.GET
        title = _("Both editions changed the same") if is_merge else _("Somebody saved this draft before you")
        context = {"lines": lines, "groups": groups, "other": other, "based_on": latest, "again": request.method == "POST"}
        return self._page(request, edition, "conflict", title, is_merge=is_merge, **context)


def merged_by_choice(theirs, mine, lines, groups, post):
    """The snapshot that a person chose: for each line "theirs" or "mine"; for each list that too, or "rows", then each row by itself."""
    keys = [part.key for part in (*lines, *groups) if post.get(part.key) == "mine"]
    lists = {group.key: _rows(group, theirs, mine, post) for group in groups if post.get(group.key) == "rows"}
    return {**chosen(theirs, mine, keys), **lists}


def _rows(group, theirs, mine, post):
    """A list put together row by row, in my order: "theirs" (as long as nothing else is said), "mine" or "both"."""
    found = []
    for row in group.rows:
        said = post.get(f"{group.key}.{row.place}", "theirs")
        if row.old is not None and said != "mine":
            found.append(theirs[group.key][row.old])
        if row.new is not None and said != "theirs":
            found.append(mine[group.key][row.new])
    return found


# --- What cannot be saved any more ----------------------------------------------------------------------------------------
def typed(edition, post):
    """The snapshot that a form sent too late (its edition is public by now) would have made, as far as it can be read.

    Takes the raw values, since a form over a frozen edition cannot be validated any more.
    """
    data = snapshot(edition)
    _take(data, type(edition), post, "")
    if hasattr(edition, "tags") and "tags" in post:
        chosen_tags = [pk for pk in post.getlist("tags") if pk.isdecimal() and len(pk) < 16]
        data["tags"] = sorted(Tag.objects.filter(pk__in=chosen_tags).values_list("slug", flat=True))
    for name in edition.CHILDREN:
        child = type(edition)._meta.get_field(name).related_model
        count = post.get(f"{name}-TOTAL_FORMS", "0")
        numbers = range(min(int(count), 1000) if count.isdecimal() else 0)
        prefixes = [f"{name}-{number}-" for number in numbers if f"{name}-{number}-DELETE" not in post]
        rows = [_take({}, child, post, prefix) for prefix in prefixes]
        data[name] = [row for row in rows if row]
    return data


def _take(data, model, post, prefix):
    for field in facts(model):
        if prefix + field.name in post:
            value = post[prefix + field.name].replace("\0", "")  # PostgreSQL's JSON has no NUL
            is_empty = value == "" and field.null
            data[field.name] = True if isinstance(field, BooleanField) else None if is_empty else value
    for name in languages.translated_fields(model):
        for code in languages.LANGUAGES:
            if f"{prefix}{name}_{code}" in post:
                data.setdefault(code, {})[name] = post[f"{prefix}{name}_{code}"].replace("\0", "")
    return data
