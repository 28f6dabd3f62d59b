from django.apps import apps as installed
from django.db import migrations, models


def fill(apps, schema_editor):
    """The document of every row whose edition is still there. Only `id` and `document_id` of the editions' tables are read."""
    types = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    quote = schema_editor.quote_name
    with schema_editor.connection.cursor() as cursor:
        for table in ("publishing_decision", "publishing_revision"):
            cursor.execute(f"SELECT DISTINCT content_type_id FROM {table}")
            for (pk,) in cursor.fetchall():
                editions = quote(installed.get_model(*types.values_list("app_label", "model").get(pk=pk))._meta.db_table)
                cursor.execute(
                    f"UPDATE {table} SET document_id = (SELECT document_id FROM {editions} WHERE {editions}.id = {table}.object_id) "
                    "WHERE content_type_id = %s",
                    [pk],
                )


def column():
    return models.BigIntegerField(db_index=True, editable=False, null=True)


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_verbs"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AddField("decision", "document_id", column()),
        migrations.AddField("revision", "document_id", column()),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
