from modeltranslation.translator import TranslationOptions, register

from newsroom.publishing.translation import EditionTexts

from .models import QuestionEdition, Topic


@register(Topic)
class TopicTexts(TranslationOptions):
    fields = ("name",)


@register(QuestionEdition)
class QuestionTexts(EditionTexts):
    fields = ("question", "short_answer", "answer")
