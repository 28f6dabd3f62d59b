"""Texts for the events of a benchmark, with words as uneven as those of a language: some in nearly every text, thousands in few.

The `k`th word comes one `k`th as often as the first (Zipf). Sentences are made here, once, and put together by the database.
"""

import random

from django.db import connection

WORDS, SENTENCES, LENGTH = 30_000, 19_997, 15  # a prime of sentences, so that hardly any two events share two of them
# Of an onset, a vowel and an end, so that a short word is contained in some dozens of longer ones, as in a language.
SOUNDS = {
    "en": ("b,c,d,f,g,l,m,n,p,r,s,t,v,w,h,br,cl,st,tr,th", "a,e,i,o,u,ea", ",,n,r,s,t,ll,ng"),
    "fr": ("b,c,d,f,g,l,m,n,p,r,s,t,v,j,ch,br,cl,st,tr,pr", "a,e,i,o,é,è,u,ou", ",,n,r,s,t,ll,x"),
}


def words_of(language):
    """WORDS different words, the most frequent first: short ones, as in every language."""
    chance, found, sounds = random.Random(language), {}, [texts.split(",") for texts in SOUNDS[language]]
    while len(found) < WORDS:
        found["".join(chance.choice(one) for one in sounds * (1 + len(found).bit_length() // 5))] = None
    return list(found)


def sentences(language):
    chance, words = random.Random(language), words_of(language)
    weights = [1 / rank for rank in range(1, WORDS + 1)]
    drawn = chance.choices(words, weights, k=SENTENCES * LENGTH)
    return [" ".join(drawn[start : start + LENGTH]).capitalize() + "." for start in range(0, len(drawn), LENGTH)]


def fill_sentences():
    """A table of sentences, gone with the connection."""
    rows = list(zip(range(SENTENCES), sentences("en"), sentences("fr"), strict=True))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_sentence (id integer PRIMARY KEY, en text, fr text)")
        cursor.executemany("INSERT INTO bench_sentence VALUES (%s, %s, %s)", rows)


def texts(language):
    """SQL for an event's texts over `n`, its number: {column: expression}."""
    summary, first, second = (joined(language, *span) for span in ((0, 2), (2, 5), (5, 8)))
    title = {"en": "'Event '", "fr": "'Événement '"}[language]
    body = f"'<p>' || {first} || '</p><p>' || {second} || '</p>'"
    return {f"title_{language}": f"{title} || n", f"summary_{language}": summary, f"body_{language}": body}


def joined(language, start, end):
    """SQL for some of an event's sentences, one after the other."""
    chosen = (f"n % {SENTENCES} * {7 + 2 * one} + n / {SENTENCES} * {11 + 6 * one} + {997 * one}" for one in range(start, end))
    return " || ' ' || ".join(f"(SELECT {language} FROM bench_sentence WHERE id = ({number}) % {SENTENCES})" for number in chosen)
