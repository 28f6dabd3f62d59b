"""Words in a text, found the same way on both engines: whatever their case, their accents and their apostrophes.

It reads every row it is asked about (some 10 µs each), so narrow by an index first where there is one.
"""

from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Coalesce

from newsroom.publishing import languages
from newsroom.publishing.folding import LIGATURES, fold, strip_tags

ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&"}


class Fold(Func):
    """`fold` in the database."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        connection.ensure_connection()  # SQLite folds ASCII only; a function belongs to its connection, so it is named to each
        connection.connection.create_function("newsroom_fold", 1, fold, deterministic=True)
        return self.as_sql(compiler, connection, function="newsroom_fold", **context)

    def as_postgresql(self, compiler, connection, **context):
        template = "LOWER(REGEXP_REPLACE(NORMALIZE(%s, NFKD), U&'[\\0300-\\036F]', '', 'g'))"
        return self.as_sql(compiler, connection, template=template % _replaced("%(expressions)s", LIGATURES), **context)


class StripTags(Func):
    """`strip_tags` in the database."""

    output_field = TextField()

    def as_sqlite(self, compiler, connection, **context):
        connection.ensure_connection()
        connection.connection.create_function("newsroom_strip_tags", 1, strip_tags, deterministic=True)
        return self.as_sql(compiler, connection, function="newsroom_strip_tags", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(
            compiler, connection, template=_replaced("REGEXP_REPLACE(%(expressions)s, '<[^>]*>', ' ', 'g')", ENTITIES), **context
        )


class Joined(Func):
    """Texts, none of them null, one after the other. Concat nests them deeper than SQLite's parser reads."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def _replaced(sql, pairs):
    for old, new in pairs.items():
        sql = f"REPLACE({sql}, '{old.replace(chr(39), chr(39) * 2)}', '{new.replace(chr(39), chr(39) * 2)}')"
    return sql


def matching(editions, query, texts, html=()):
    """Those of `editions` in whose words every word of `query` occurs, in a reader's language.

    `texts` and `html` name translated fields: plain ones, and sanitised HTML, whose tags are no words. An edition without
    a text in the reader's language is searched in its original one, which is what the reader is shown.
    """
    here = languages.current()
    title = f"{editions.model.TITLE}_{here}"
    is_missing = Q(**{title: ""}) | Q(**{f"{title}__isnull": True})
    originals = [When(is_missing, original_language=code, then=_words(code, texts, html)) for code in languages.LANGUAGES if code != here]
    editions = editions.alias(words_shown=Fold(Case(*originals, default=_words(here, texts, html))))
    for word in words_of(query):
        editions = editions.filter(words_shown__contains=word)
    return editions


def texts_shown(editions, texts, html, language):
    """(id, the text in which `matching` looks for words) of each of `editions`, for readers of a language."""
    title = editions.model.TITLE
    columns = languages.columns(*dict.fromkeys([title, *texts, *html]))
    for pk, original, *values in editions.order_by().values_list("pk", "original_language", *columns).iterator(2000):
        held = dict(zip(columns, (value or "" for value in values), strict=True))
        code = language if held[f"{title}_{language}"] or original not in languages.LANGUAGES else original
        yield pk, " ".join([held[f"{name}_{code}"] for name in texts] + [strip_tags(held[f"{name}_{code}"]) for name in html])


def words_of(query):
    """The different words of a query, folded."""
    return list(dict.fromkeys(fold(query).split()))


def _words(language, texts, html):
    return Joined(*(_text(name, language) for name in texts), *(StripTags(_text(name, language)) for name in html))


def _text(name, language):
    return Coalesce(F(f"{name}_{language}"), Value(""), output_field=TextField())
