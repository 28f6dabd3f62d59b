from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "newsroom.record"
    verbose_name = _("Record")

    def ready(self):
        from newsroom.publishing.instants import OTHERWISE  # models exist only now

        OTHERWISE.add((self.get_model("Erasure")._meta.db_table, "at"))
