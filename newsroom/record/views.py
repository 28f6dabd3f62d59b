"""The corrections log, and the ledger in public: its head, a copy to download, and the program that verifies it."""

import json
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from newsroom.publishing.parameters import page_of

from . import chain, ledger
from .corrections import Log
from .models import Entry

RECENT = 12
PER_PAGE = 30


def corrections(request):
    log = Log(request.at)
    return render(request, "record/corrections.html", {"page": page_of(request, log, PER_PAGE), "total": log.count()})


def door(request):
    """`/record/` leads to the page in the first language, which links to the others."""
    return HttpResponseRedirect(reverse("record"))


def record(request):
    """The head of the ledger, what it proves and what it does not."""
    ledger.seal(request.now)
    recent = list(Entry.objects.filter(ordered_at__lte=request.at).order_by("-number").select_related("content_type")[:RECENT])
    last = recent[0] if recent else None
    request.past.changed_at = last and last.ordered_at
    return render(request, "record/record.html", {"last": last, "recent": recent})


def entries(request):
    """Everything that is needed to recompute the ledger, one entry a line, streamed."""
    last = ledger.head(request.now)
    about = {
        "site": settings.SITE_URL,
        "made_at": f"{request.now:%Y-%m-%dT%H:%M:%SZ}",
        "head": last.digest if last else chain.GENESIS,
        "verify": settings.SITE_URL + reverse("record:verify"),
    }
    rows = ledger.told(Entry.objects.filter(number__lte=last.number if last else 0).order_by("number"), is_public=True)
    return StreamingHttpResponse(lines(about, rows), "application/json", headers=named("entries.json"))


def lines(about, rows):
    yield json.dumps({"about": about})[:-1] + ', "entries": [\n'
    separator = ""
    for row in rows:
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def verify(request):
    """The program that verifies a downloaded copy: the very lines that the newsroom itself uses."""
    return HttpResponse(Path(chain.__file__).read_bytes(), "text/x-python; charset=utf-8", headers=named("verify.py"))


def named(file):
    """The header that says under which name a download is saved."""
    return {"Content-Disposition": f'attachment; filename="{file}"'}
