"""XML that is well-formed whatever the words: the standard library writes it, and what XML 1.0 cannot hold is left out."""

import re
from datetime import UTC
from xml.etree.ElementTree import Element, SubElement, tostring

ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent, name, text="", **attributes):
    """A child element. Attributes with a prefix are written with `__` for the colon (`xml__lang`)."""
    clean = {key.replace("__", ":"): legal(value) for key, value in attributes.items()}
    child = SubElement(parent, name, clean)
    child.text = legal(text)
    return child


def root(name, **attributes):
    return Element(name, {key.replace("__", ":"): legal(value) for key, value in attributes.items()})


def document(element):
    """The bytes of a whole document, in UTF-8."""
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(element, encoding="utf-8", xml_declaration=False) + b"\n"


def legal(text):
    """The text without the characters that no XML document may hold (XML 1.0 §2.2)."""
    return ILLEGAL.sub("", text)


def rfc3339(moment):
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
