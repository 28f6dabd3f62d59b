"""Reads the demonstration's files (demo/) and enters them through the same doors as everything else.

A file is one document: `[[editions]]` in order, each in the form of a snapshot, with keys (file names) where a snapshot has ids.
"""

import re
import tomllib
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import models

from articles.models import ArticleEdition
from demo.pictures import draw
from faq.models import QuestionEdition, Topic
from newsroom.library.models import Picture
from newsroom.publishing import languages
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Slug, Tag
from newsroom.publishing.publish import record
from newsroom.publishing.snapshot import facts, write
from timeline.models import ActorEdition, EventEdition, MeasureEdition

# In the order in which they refer to each other.
FOLDERS = {
    "actors": ActorEdition,
    "measures": MeasureEdition,
    "articles": ArticleEdition,
    "questions": QuestionEdition,
    "events": EventEdition,
}


class Demo:
    """One run over the files in `folder`. `recorded_at` (aware) marks every edition it enters."""

    def __init__(self, folder: Path, recorded_at):
        self.folder = folder
        self.recorded_at = recorded_at
        self.sources = self._toml("sources.toml")

    def load(self):
        """Enter what is missing. Returns how many documents that were."""
        for slug, row in self._toml("tags.toml").items():
            Tag.objects.get_or_create(slug=slug, defaults=self._names(row))
        for slug, row in self._toml("topics.toml").items():
            Topic.objects.get_or_create(slug=slug, defaults={"position": row.get("position", 0), **self._names(row)})
        files = [(model, path) for name, model in FOLDERS.items() for path in sorted((self.folder / name).glob("*.toml"))]
        return sum(self._enter(model, tomllib.loads(path.read_text())) for model, path in files)

    def _toml(self, name):
        return tomllib.loads((self.folder / name).read_text())

    @staticmethod
    def _names(row):
        return {f"name_{code}": row[code]["name"] for code in languages.LANGUAGES}

    def _enter(self, model, data):
        if self._find(model, data) is not None:
            return False
        document = model._meta.get_field("document").related_model.objects.create(review_every=data.get("review_every"))
        for content in data["editions"]:
            moment = content.pop("live_from")
            draft = model(document=document)
            write(draft, self._with_ids(model, content))
            save_draft(draft, None)
            record(draft, moment, self.recorded_at)
        return True

    def _find(self, model, data):
        """The id of the document that has the file's first English address, or None."""
        held = Slug.objects.filter(type=ContentType.objects.get_for_model(model), slug=data["editions"][0]["en"]["slug"])
        return held.values_list("document_id", flat=True).first()

    def _with_ids(self, model, content):
        """An edition, or a child, as a snapshot: keys turned into ids, sources filled in, empty facts left out."""
        fields = {field.name: field for field in facts(model)}
        data = {}
        for name, value in content.items():
            if name in getattr(model, "CHILDREN", ()):
                child = model._meta.get_field(name).related_model
                data[name] = [self._with_ids(child, self._source(row)) for row in value]
            elif isinstance(fields.get(name), models.ForeignKey):
                data[name] = self._id_of(fields[name].related_model, value)
            elif name in languages.LANGUAGES:
                data[name] = {text: self._with_pictures(words) for text, words in value.items()}
            elif value != "" or name not in fields or fields[name].empty_strings_allowed:
                data[name] = value
        return data

    def _with_pictures(self, words):
        """A text, its pictures called by their ids."""
        return re.sub('(?<=data-picture=")[a-z-]+', lambda key: str(self._id_of(Picture, key[0])), words)

    def _source(self, row):
        ref = row.pop("ref", None)
        return {**self.sources[ref], **row} if ref else row

    def _id_of(self, model, key):
        if not key:
            return None
        if model is Topic:
            return Topic.objects.get(slug=key).pk
        if model is Picture:
            return (Picture.objects.filter(title=key).first() or draw(key)).pk
        folder, edition = next(item for item in FOLDERS.items() if item[1].document.field.related_model is model)
        found = self._find(edition, self._toml(f"{folder}/{key}.toml"))
        if found is None:
            raise LookupError(f"demo/{folder}/{key}.toml has to be entered first")
        return found
