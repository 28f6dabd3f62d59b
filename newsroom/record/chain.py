"""Verifies a newsroom's ledger: `python verify.py entries.json`. Needs nothing but Python 3.

Each entry's content hash is SHA-256 over its salt and its text (JSON, keys sorted, no spaces, UTF-8); its own hash is SHA-256
over the hash before it and what the entry says. Change one byte of one text, or leave one entry out, and every later hash is
another. A text that was retracted or erased is there by its salted hash alone: it cannot be read or guessed, and still counts.

It proves that the texts are those that were sealed, in that order. It does not prove that they are true.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator

GENESIS = "0" * 64
SAID = ("number", "type", "document", "edition", "change", "live_from", "content_digest")
"""What an entry's own hash is taken over, besides the hash before it."""

_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def content_digest(salt: str, snapshot: dict) -> str:
    """The salted hash of a text: 64 hexadecimal digits."""
    return hashlib.sha256(bytes.fromhex(salt) + _encode(snapshot).encode()).hexdigest()


def entry_digest(before: str, entry: dict) -> str:
    """The hash of an entry after `before`, the hash of the one before it (GENESIS for the first)."""
    return hashlib.sha256((before + _encode({name: entry[name] for name in SAID})).encode()).hexdigest()


def verified(entries: Iterable[dict], before: str = GENESIS, expected: int = 1) -> Iterator[tuple[dict, str]]:
    """(entry, what is wrong with it, "" where it fits), in order, in constant memory. The first is `expected`, after the hash `before`."""
    for entry in entries:
        yield entry, _problem(entry, before, expected)
        before, expected = entry["digest"], entry["number"] + 1


def missing(number: int) -> str:
    return f"entry {number} is missing"


def _problem(entry, before, expected):
    if entry["number"] != expected:
        return missing(expected)
    if entry.get("snapshot") is not None and content_digest(entry["salt"], entry["snapshot"]) != entry["content_digest"]:
        return f"entry {entry['number']}: its text is not the one that was sealed"
    if entry_digest(before, entry) != entry["digest"]:
        return f"entry {entry['number']}: it does not follow from the entry before it"
    return ""


def read(lines: Iterable[str]) -> Iterator[dict]:
    """The entries of a downloaded `entries.json`, one a line, without holding the file in memory."""
    for line in lines:
        if line.startswith('{"number"'):
            yield json.loads(line.rstrip().rstrip(","))


def main(path):
    """Print the result; returns the exit status: 0 where everything fits, 1 where an entry does not."""
    count, head = 0, GENESIS
    with open(path, encoding="utf-8") as file:
        for entry, problem in verified(read(file)):
            if problem:
                print(problem)  # noqa: T201 — this module is a program too
                return 1
            count, head = count + 1, entry["digest"]
    print(f"{count} entries, all of them fit. Head: {head}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]) if len(sys.argv) > 1 else __doc__)
