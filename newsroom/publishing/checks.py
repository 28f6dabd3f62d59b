"""What a setting cannot say before the models are there."""

from django.conf import settings
from django.core.checks import Error

from .drafts import edition_types


def check_legal_clearance(app_configs, **kwargs):
    """LEGAL_CLEARANCE names kinds of documents, or all."""
    known = {model.document.field.related_model._meta.model_name for model in edition_types()} | {"all"}
    unknown = sorted(set(settings.LEGAL_CLEARANCE) - known)
    told = f"Setting LEGAL_CLEARANCE: {', '.join(unknown)} is no kind of document; known are {', '.join(sorted(known))}"
    return [Error(told, id="publishing.E001")] if unknown else []
