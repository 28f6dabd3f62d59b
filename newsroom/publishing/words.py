"""`Edition.words`: what the desk's search reads, kept beside the texts because folding them all for every search takes too long."""

from django.db.migrations import RunPython

from . import languages
from .children import with_children
from .folding import fold, strip_tags
from .richtext import RichTextField


def words_of(edition):
    """The different words of an edition and its children, of all languages together, folded, with a space between them."""
    rows = with_children(edition)
    return _different(
        text for row in rows for text in _texts(row, {field.name for field in row._meta.fields if isinstance(field, RichTextField)})
    )


def note_all(app, **rich):
    """The migration that writes them for the editions there are: `rich` are {model: the names of its texts that are HTML}."""

    def note(apps, schema_editor):
        for name, html in rich.items():
            model = apps.get_model(app, name)
            columns = {f"{text}_{code}" for text in html for code in languages.LANGUAGES}
            children = [relation.get_accessor_name() for relation in model._meta.related_objects if relation.field.name == "edition"]
            editions = model.objects.using(schema_editor.connection.alias)
            for row in editions.prefetch_related(*children).iterator(chunk_size=500):
                rows = [row, *(child for name in children for child in getattr(row, name).all())]
                editions.filter(pk=row.pk).update(words=_different(text for one in rows for text in _texts(one, columns)))

    return RunPython(note, RunPython.noop)


def _texts(row, html):
    """The row's texts, a column a language; of those named in `html` the words alone."""
    columns = [field.attname for field in row._meta.concrete_fields if field.name.rpartition("_")[2] in languages.LANGUAGES]
    found = {column: getattr(row, column) or "" for column in columns}
    return [strip_tags(text) if column in html else text for column, text in found.items()]


def _different(texts):
    return " ".join(dict.fromkeys(fold(" ".join(texts)).split()))
