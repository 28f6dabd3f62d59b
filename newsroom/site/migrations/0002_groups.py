"""The staff groups. Writers write; editors publish too; administrators look after people and tags."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = {
    "articles": ["articleedition"],
    "faq": ["questionedition"],
    "timeline": ["eventedition", "measureedition", "actoredition"],
    "site": ["banneredition"],
}
WRITE = ["view", "add", "change", "delete"]
VOCABULARY = {"publishing": ["tag"], "faq": ["topic"]}
PICTURES = {"library": ["picture"]}
PEOPLE = {"auth": ["user"]}
RECORD = {"publishing": ["decision", "revision"]}


def codenames(models, actions):
    return [(app, f"{action}_{model}") for app, names in models.items() for model in names for action in actions]


GROUPS = {
    "Writers": codenames(CONTENT, WRITE)
    + codenames(PICTURES, ["view", "add", "change"])
    + codenames(VOCABULARY, ["view"])
    + codenames(RECORD, ["view"]),
    "Editors": codenames(CONTENT, [*WRITE, "publish"])
    + codenames(PICTURES, ["view", "add", "change", "delete"])
    + codenames(VOCABULARY, WRITE)
    + codenames(RECORD, ["view"]),
    "Administrators": codenames(PEOPLE, WRITE) + codenames({"auth": ["group"]}, ["view"]) + codenames(RECORD, ["view"]) + codenames(CONTENT, ["view"]),
}


def create(apps, schema_editor):
    for config in apps.get_app_configs():  # permissions are otherwise made only after the last migration
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    group_model, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, wanted in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        found = [permission.objects.get(content_type__app_label=app, codename=codename) for app, codename in wanted]
        group.permissions.add(*found)


def delete(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_initial"),
        ("articles", "0001_initial"),
        ("faq", "0001_initial"),
        ("timeline", "0001_initial"),
        ("library", "0001_initial"),
        ("publishing", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create, delete)]
