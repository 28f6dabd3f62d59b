"""Editors and administrators may look into the outbox, and send again what was given up."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Editors", "Administrators")


def grant(apps, schema_editor):
    config = apps.get_app_config("follow")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permission = apps.get_model("auth", "Permission").objects.get(content_type__app_label="follow", codename="view_message")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("site", "0003_instants"), ("follow", "0001_outbox")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
