"""Reading query parameters strictly: a value is understood, or a 400 page names the parameter. Never a guess."""

import re
import unicodedata
from dataclasses import dataclass

from django.http import Http404
from django.utils.http import urlencode
from django.utils.translation import gettext as _

LONGEST = 200


@dataclass(frozen=True)
class Page:
    """One page of a list, numbered from 1. What lies beyond it is not counted: that would cost more than the page."""

    rows: list
    number: int
    has_next: bool

    @property
    def previous(self):
        return self.number - 1

    @property
    def following(self):
        return self.number + 1 if self.has_next else 0


class BadParameter(Exception):
    """A query parameter (`name`) with a value that cannot be read, and why (`message`, in the reader's language)."""

    def __init__(self, name, value, message):
        super().__init__(f"{name}: {message}")
        self.name, self.value, self.message = name, value, message


def read(request, name, longest=LONGEST):
    """The parameter's text, or "" where it is missing. Raises BadParameter for one given twice, too long, or with unreadable characters."""
    values = request.GET.getlist(name)
    if len(values) > 1:
        raise BadParameter(name, ", ".join(values)[:LONGEST], _("It is given more than once."))
    value = values[0] if values else ""
    if len(value) > longest:
        raise BadParameter(name, f"{value[:40]}…", _("It is longer than %(most)d characters.") % {"most": longest})
    # Bytes that are not UTF-8, lone surrogates among them, arrive as U+FFFD.
    if any(unicodedata.category(character) in ("Cc", "Cs") or character == "\ufffd" for character in value):
        shown = "".join(character if character.isprintable() else "�" for character in value)
        raise BadParameter(name, shown, _("It holds characters that cannot be read."))
    return known_to(request).setdefault(name, value.strip())


def known_to(request):
    """The parameters that the page has read so far, {name: text}: what a link to the same page may carry on (law 5)."""
    if not hasattr(request, "known_parameters"):
        request.known_parameters = {}
    return request.known_parameters


def query_of(request, **changes):
    """The query string of the page's known parameters with `changes`, “?” included; "" where nothing is left. Empty values are left out."""
    values = {**known_to(request), **changes}
    query = urlencode({name: value for name, value in values.items() if value})
    return f"?{query}" if query else ""


def rest_of(request, name):
    """The readable parameters of a request besides a bad one, as (name, text) pairs: what its form keeps."""
    texts = [(other, value) for other, value in request.GET.items() if other != name]
    return [(other, value) for other, value in texts if len(other) <= 40 and len(value) <= LONGEST and (other + value).isprintable()]


def choice(request, name, allowed):
    """The parameter's value among `allowed`, or "". Raises BadParameter."""
    value = read(request, name)
    if value and value not in allowed:
        raise BadParameter(name, value, _("There is nothing by this name."))
    return value


def page_number(request):
    """The number that `?page=` asks for, 1 where it is missing. Raises BadParameter for anything but a positive number."""
    value = read(request, "page")
    if value and not re.fullmatch(r"[1-9][0-9]{0,5}", value, re.ASCII):
        raise BadParameter("page", value, _("A page is a number from 1 on."))
    return int(value or 1)


def page_of(request, rows, per_page):
    """The Page of `rows` that `?page=` asks for. Raises BadParameter for anything but a positive number, Http404 past the end."""
    number = page_number(request)
    first = (number - 1) * per_page
    found = list(rows[first : first + per_page + 1])
    if not found and number > 1:
        raise Http404
    return Page(found[:per_page], number, has_next=len(found) > per_page)
