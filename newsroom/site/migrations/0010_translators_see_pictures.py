"""Translators see the pictures of the library: what one shows has to be said in every language."""

from django.db import migrations


def allow(apps, schema_editor):
    permission = apps.get_model("auth", "Permission").objects.get(content_type__app_label="library", codename="view_picture")
    apps.get_model("auth", "Group").objects.get(name="Translators").permissions.add(permission)


def forbid(apps, schema_editor):
    permission = apps.get_model("auth", "Permission").objects.get(content_type__app_label="library", codename="view_picture")
    apps.get_model("auth", "Group").objects.get(name="Translators").permissions.remove(permission)


class Migration(migrations.Migration):
    dependencies = [("site", "0009_practice"), ("library", "0001_initial")]
    operations = [migrations.RunPython(allow, forbid)]
