"""`Edition.behind`: which texts follow an older original, kept beside `translations` because no index reads those."""

from django.db.migrations import RunPython

from . import languages
from .texts import is_behind


def languages_behind(row, title):
    """The codes of the languages whose text follows an older original, of an edition (or its row in a migration): "fr", or "de fr"."""
    has_text = {code: bool(getattr(row, f"{title}_{code}")) for code in languages.LANGUAGES}
    return " ".join(code for code, has in has_text.items() if is_behind(code, row.original_language, has, row.translations))


def note_all(app, **titles):
    """The migration that says it of the editions there are: `titles` are {model: the text that names it}."""

    def note(apps, schema_editor):
        for name, title in titles.items():
            editions = apps.get_model(app, name).objects.using(schema_editor.connection.alias)
            for row in editions.exclude(translations={}).iterator():
                if said := languages_behind(row, title):
                    editions.filter(pk=row.pk).update(behind=said)

    return RunPython(note, RunPython.noop)
