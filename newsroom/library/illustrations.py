"""Pictures inside rich text: how they stand in it, what is noted of them, and how a page shows them.

A text names a picture of the library by its number and holds its words in the text's own language, frozen with it:

    <figure data-picture="12" data-alt="The court" data-credit="A photographer"><figcaption>Monday</figcaption></figure>

`data-decorative="yes"` says that it shows nothing that has to be said. No text holds an address of a picture.
"""

import re
from html import unescape

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

ATTRIBUTE = r'\s[a-z-]+="[^"]*"'
FIGURE = re.compile(
    rf"<figure((?:{ATTRIBUTE})*)\s*>(?:\s*<figcaption>([^<]*)</figcaption>\s*)?</figure>|</?fig(?:ure|caption)(?:{ATTRIBUTE})*\s*>"
)
"""A picture (its attributes, its caption) as sanitised HTML writes it; or a tag of one that is none."""
KEPT = ("data-picture", "data-alt", "data-credit", "data-decorative")
NUMBER = re.compile("[1-9][0-9]{0,17}")


def _attributes(figure):
    found = dict(re.findall(r'([a-z-]+)="([^"]*)"', figure[1] or ""))
    return found if NUMBER.fullmatch(found.get("data-picture", "")) else {}


def tidied(html, known=None):
    """Sanitised HTML with every picture in its one form; of anything else called a figure the words alone. `known`: ids that may stand."""

    def written(figure):
        attributes = _attributes(figure)
        if not attributes:
            return figure[2] or ""
        if known is not None and int(attributes["data-picture"]) not in known:
            return ""
        said = "".join(f' {name}="{attributes[name]}"' for name in KEPT if attributes.get(name))
        return f"<figure{said}><figcaption>{(figure[2] or '').strip()}</figcaption></figure>"

    return FIGURE.sub(written, html) if "fig" in html else html


def pictures_in(html):
    """{picture id: whether readers are told what it shows wherever it stands, or need not be}."""
    found = {}
    for figure in FIGURE.finditer(html or ""):
        if attributes := _attributes(figure):
            key, is_said = int(attributes["data-picture"]), bool(attributes.get("data-alt") or attributes.get("data-decorative"))
            found[key] = found.get(key, True) and is_said
    return found


def with_another(html, old, new):
    """The text with the picture `new` (an id) in the place of `old`; the words beside it stay."""
    return html and html.replace(f'<figure data-picture="{old}"', f'<figure data-picture="{new}"')


def without_pictures(html):
    """The text for whoever reads words alone."""
    return FIGURE.sub("", html)


def illustrated(html, edition):
    """The text as a page shows it. A picture of which the text does not say what it shows is left out (docs/decisions, 17)."""
    if "<figure" not in html:
        return html
    pictures = {row.picture_id: row.picture for row in edition.illustrations.all()}
    return mark_safe(FIGURE.sub(lambda figure: _shown(figure, pictures), html))  # sanitised when it was saved


def first_described(html, edition):
    """(picture, what it shows) of the first that the text says it of, for whoever shows one picture beside a link; or (None, "")."""
    figures = map(_said, FIGURE.finditer(html)) if "<figure" in html else ()
    described = [said for said in figures if said.get("data-alt") and not said.get("data-decorative")]
    pictures = {row.picture_id: row.picture for row in edition.illustrations.all()} if described else {}
    found = ((pictures.get(int(said["data-picture"])), said["data-alt"]) for said in described)
    return next((pair for pair in found if pair[0]), (None, ""))


def _said(figure):
    return {name: unescape(value) for name, value in _attributes(figure).items()}


def _shown(figure, pictures):
    said = _said(figure)
    picture, is_decorative = pictures.get(int(said.get("data-picture", 0))), bool(said.get("data-decorative"))
    if picture is None or not (is_decorative or said.get("data-alt")):
        return ""
    alt, credit = "" if is_decorative else said["data-alt"], said.get("data-credit", "")
    return render_to_string(
        "_figure.html", {"picture": picture, "alt": alt, "caption": unescape(figure[2] or ""), "credit": credit, "is_lazy": True}
    ).strip()
