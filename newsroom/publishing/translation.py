from modeltranslation.translator import TranslationOptions, register

from .models import Tag


class EditionTexts(TranslationOptions):
    """Every edition's address and public note exist once a language."""

    fields = ("slug", "note")


@register(Tag)
class TagTexts(TranslationOptions):
    fields = ("name",)
