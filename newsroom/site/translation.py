from modeltranslation.translator import register

from newsroom.publishing.translation import EditionTexts

from .models import BannerEdition


@register(BannerEdition)
class BannerTexts(EditionTexts):
    fields = ("message", "address")
