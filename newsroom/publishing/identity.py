"""What never changes about a document and its editions: lasting ids, and addresses that always lead to the same words."""

from datetime import UTC
from hashlib import sha1
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.urls import get_script_prefix

STAMP = "%Y%m%d%H%M%S"
"""How a memento's address writes its moment (UTC)."""
VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
"""A UUID's 17th digit, of whose bits two are given (RFC 9562 §4.1)."""


def lasting_id(*parts):
    """A URN that names the same thing for ever, in every language and under every address (RFC 9562 §5.5, of the host and `parts`)."""
    return uuid5(NAMESPACE_URL, named(*parts)).urn


def named(*parts):
    return "/".join(["", "", urlsplit(settings.SITE_URL).hostname, *map(str, parts)])


def id_of(edition):
    """The lasting id of an edition's document."""
    return id_of_document(type(edition)._meta.get_field("document").related_model, edition.document_id)


def id_of_document(model, pk):
    return lasting_id(model._meta.label_lower, pk)


def ids_of_documents(model):
    """`id_of_document` for many of one model: a function of their keys, which hashes what they share once and makes no objects."""
    known = sha1(NAMESPACE_URL.bytes + named(model._meta.label_lower, "").encode(), usedforsecurity=False)

    def id_of_key(pk):
        hashed = known.copy()
        hashed.update(str(pk).encode())
        digits = hashed.hexdigest()
        return f"urn:uuid:{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{VARIANT[digits[16]]}{digits[17:20]}-{digits[20:32]}"

    return id_of_key


def permanent_address(edition):
    """Where this edition can always be read: the page's memento of the second at which the edition went live."""
    path = "/" + edition.get_absolute_url().removeprefix(get_script_prefix())
    return f"{settings.SITE_URL}/memento/{edition.live_from.astimezone(UTC):{STAMP}}{quote(path, safe='/?=&%')}"
