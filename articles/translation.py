from modeltranslation.translator import TranslationOptions, register

from newsroom.publishing.translation import EditionTexts

from .models import ArticleAttachment, ArticleEdition, Claim


@register(ArticleEdition)
class ArticleTexts(EditionTexts):
    fields = ("title", "summary", "body", "byline", "picture_alt", "picture_caption")


@register(Claim)
class ClaimTexts(TranslationOptions):
    fields = ("said", "who", "answer")


@register(ArticleAttachment)
class AttachmentTexts(TranslationOptions):
    fields = ("title",)
