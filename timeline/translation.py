from modeltranslation.translator import TranslationOptions, register

from newsroom.publishing.translation import EditionTexts

from .models import ActorEdition, Effect, EventEdition, MeasureEdition


@register(MeasureEdition)
class MeasureTexts(EditionTexts):
    fields = ("name", "description", "jurisdiction")


@register(ActorEdition)
class ActorTexts(EditionTexts):
    fields = ("name", "description")


@register(EventEdition)
class EventTexts(EditionTexts):
    fields = ("title", "summary", "body")


@register(Effect)
class EffectTexts(TranslationOptions):
    fields = ("scope", "counted_from")
