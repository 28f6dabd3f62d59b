"""The languages of a newsroom, and which columns hold which text."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language
from modeltranslation.translator import NotRegistered, translator

LANGUAGES = tuple(code for code, name in settings.LANGUAGES)


def current():
    """The reader's language code; the first language where none is active (a command, a test)."""
    language = (get_language() or LANGUAGES[0]).split("-")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


def columns(*names):
    """The columns that hold these texts, in every language."""
    return [f"{name}_{code}" for name in names for code in LANGUAGES]


@cache
def translated_fields(model):
    """Names of the fields that exist once a language, in the order they are declared on the model."""
    try:
        names = set(translator.get_options_for_model(model).all_fields)
    except NotRegistered:
        return ()
    return tuple(field.name for field in model._meta.concrete_fields if field.name in names)
