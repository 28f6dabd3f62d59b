from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "newsroom.library"
    verbose_name = _("Picture library")

    def ready(self):
        from newsroom.publishing.drafts import edition_types

        from .richtext import watch

        for model in edition_types():
            if hasattr(model, "illustrations"):
                watch(model)
