import django.db.models.deletion
from django.db import migrations, models

EMPTY_FIRST = """
DROP INDEX event_by_place;
CREATE INDEX event_by_place ON timeline_eventedition (first_day, time NULLS FIRST, last_day, document_id);
"""


def empty_first(apps, schema_editor):
    """An event without a time of day comes first. SQLite has it so in any case, and lets no index say so."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(EMPTY_FIRST)


def edition_of(name):
    return models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=name, to="timeline.eventedition")


def in_order(name):
    return models.Index(fields=["edition", "position", "id"], name=name)


class Migration(migrations.Migration):
    """Whoever reads events, or the children of one, in their order finds them so, and sorts nothing."""

    dependencies = [
        ("articles", "0011_words"),
        ("publishing", "0012_practice"),
        ("timeline", "0008_words"),
    ]

    operations = [
        migrations.RemoveIndex("eventedition", "event_by_day"),
        migrations.AddIndex("eventedition", models.Index(fields=["first_day", "time", "last_day", "document"], name="event_by_place")),
        migrations.RunPython(empty_first, migrations.RunPython.noop),
        migrations.AlterField("effect", "edition", edition_of("effects")),
        migrations.AlterField("eventsource", "edition", edition_of("sources")),
        migrations.AddIndex("effect", in_order("effect_in_order")),
        migrations.AddIndex("eventsource", in_order("eventsource_in_order")),
    ]
