"""More groups. Commenters see only what is shared with them; translators write one language's texts; legal clears texts."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = {
    "articles": ["articleedition"],
    "faq": ["questionedition"],
    "timeline": ["eventedition", "measureedition", "actoredition"],
    "site": ["banneredition"],
}
GROUPS = {
    "Commenters": [],
    "Translators": [("publishing", "translate"), *((app, f"view_{name}") for app, names in CONTENT.items() for name in names)],
    "Legal": [("publishing", "clear_legal")],
}


def create(apps, schema_editor):
    config = apps.get_app_config("publishing")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    group_model, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, wanted in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(*(permission.objects.get(content_type__app_label=app, codename=codename) for app, codename in wanted))


def delete(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [("site", "0006_newest_and_logged"), ("publishing", "0004_review")]
    operations = [migrations.RunPython(create, delete)]
