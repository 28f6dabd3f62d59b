from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.admin import apps as admin
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_delete, pre_migrate
from django.utils.dateformat import DateFormat
from django.utils.translation import gettext_lazy as _

from .dates import ending


class PublishingConfig(AppConfig):
    name = "newsroom.publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from . import checks, guards, instants, practice  # import models, which exist only now

        instants.OTHERWISE.add((self.get_model("Check")._meta.db_table, "at"))
        DateFormat.S = lambda asked: ending(asked.data)  # Django's knows English alone; formats/fr needs it
        register(checks.check_legal_clearance)
        pre_delete.connect(practice.discard, sender=settings.AUTH_USER_MODEL, dispatch_uid="discard practice")
        with_models = [config for config in apps.get_app_configs() if config.models_module]
        pre_migrate.connect(guards.lift, sender=self, dispatch_uid="lift guards")
        # After the last app's own signal every table is there.
        post_migrate.connect(guards.install, sender=with_models[-1], dispatch_uid="install guards")


class DeskConfig(admin.AdminConfig):
    """The Django admin, as the newsroom's desk."""

    default = False
    default_site = "newsroom.publishing.desk.site.Desk"
