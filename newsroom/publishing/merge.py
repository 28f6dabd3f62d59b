"""Three snapshots of a document brought together: what was live, what was written to follow it, and what went live in between."""

from . import languages

OWN = ("change", "original_language", "translations")
"""What a draft says of itself stays its own; the public note too."""


def merge(base, own, other):
    """`own` with everything that `other` changed against `base` and `own` did not; where both did, `own` stays.

    Takes and returns snapshots. Lists, of children and of tags, are taken or left as a whole. Returns the merged snapshot and the
    keys of what both changed, and not alike, in the form of desk/conflicts.py: "kind", "en.title", "sources".
    """
    texts = {code: _parts(base[code], own[code], other[code], ("note",)) for code in languages.LANGUAGES}
    facts, both = _parts(base, own, other, (*OWN, *languages.LANGUAGES))
    conflicts = [f"{code}.{name}" for code in languages.LANGUAGES for name in texts[code][1]] + both
    return {**facts, **{code: texts[code][0] for code in languages.LANGUAGES}}, conflicts


def chosen(own, other, keys):
    """`own`, with what `other` has under these keys."""
    data = {**own, **{code: dict(own[code]) for code in languages.LANGUAGES}}
    for key in keys:
        language, _dot, name = key.partition(".")
        if name:
            data[language][name] = other[language][name]
        else:
            data[key] = other.get(key)
    return data


def _parts(base, own, other, kept):
    """One level of a merge: ({name: value}, [names that both changed])."""
    merged, both = dict(own), []
    for name in own:
        theirs = other.get(name)
        if name in kept or theirs == base.get(name) or theirs == own[name]:
            continue
        if own[name] == base.get(name):
            merged[name] = theirs
        else:
            both.append(name)
    return merged, both
