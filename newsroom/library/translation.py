from modeltranslation.translator import TranslationOptions, register

from .models import Picture


@register(Picture)
class PictureTexts(TranslationOptions):
    fields = ("alt",)
