"""What may be called a minor change, in examples in both languages, and what a translation; and that neither gets around it."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from articles.models import ArticleEdition
from faq.models import QuestionEdition
from newsroom.publishing.minor import beyond_translation, broken_rules, reasons
from newsroom.publishing.models import OPEN, Change, Decision, Lane, Verb
from newsroom.publishing.publish import KEEP, cancel, hold, publish, reschedule, withdraw
from tests import factories
from tests.factories import NOON, NOTES, scheduled, shown
from timeline.models import EventEdition

MINOR = [
    ("We publishes a report each summer.", "We publish a report each summer."),
    ("The company keeps user data safe.", "The company keeps its users' data safe."),
    ("It is kept there ; it is kept safe.", "It is kept there; it is kept safe."),
    ("However, the data is stored safely.", "But the data is stored safely."),
    ("We don't share it.", "We do not share it."),
    ("It cost 10 000 dollars.", "It cost 10\u202f000 dollars."),
    ("He called it “a mistake”.", 'He called it "a mistake".'),
    ("Oracle's servers hold it.", "The servers of Oracle hold them."),
    ("<p>We keep <strong>it</strong>.</p>", "<p>We keep it.</p>"),
    ("Nous publions une raport.", "Nous publions un rapport."),
    ("L'entreprise garde les donnees.", "L’entreprise garde les données."),
    ("Les serveurs sont surs, dit-elle.", "Les serveurs sont sûrs, dit-elle."),
    ("Elle n'a rien partage.", "Elle n’a rien partagé."),
]
NOT_MINOR = {
    "numbers": [
        ("It has 19 offices.", "It has 20 offices."),
        ("It holds 10%.", "It holds 10."),
        ("It cost $90.", "It cost €90."),
        ("It cost 1.500 dollars.", "It cost 1,500 dollars."),
        ("It has two offices.", "It has three offices."),
        ("It fell by -5.", "It fell by 5."),
        ("Elle emploie deux cents personnes.", "Elle emploie trois cents personnes."),
        ("Environ 12 millions.", "Environ 12 milliards."),
        ("Une moitié.", "Un tiers."),
    ],
    "dates": [
        ("by 14 August", "by 14 September"),
        ("It ends on a Monday.", "It ends on a Tuesday."),
        ("within 90 days", "within 90 weeks"),
        ("It was so before the order.", "It was so after the order."),
        ("le 14 août", "le 14 septembre"),
        ("avant la vente", "après la vente"),
        ("sous 90 jours", "sous 90 mois"),
    ],
    "names": [
        ("It was sold to Oracle.", "It was sold to Microsoft."),
        ("Oracle keeps it, and Oracle alone.", "Walmart keeps it, and Oracle alone."),
        ("TikTok keeps it.", "ByteDance keeps it."),
        ("The Commission decided.", "A Commission decided."),
        ("Oracle sued Microsoft in Texas and Ohio.", "Microsoft sued Oracle in Texas and Ohio."),
        ("Elle est à Paris.", "Elle est à Lyon."),
        ("L'Élysée a répondu.", "L'Assemblée a répondu."),
    ],
    "negations": [
        ("We share it.", "We do not share it."),
        ("We never share it.", "We share it."),
        ("We don't share it.", "We do share it."),
        ("It goes without a warrant.", "It goes with a warrant."),
        ("We do not share it and we sell it.", "We do share it and we do not sell it."),
        ("It is legal.", "It is illegal."),
        ("Nous partageons.", "Nous ne partageons pas."),
        ("Elle n'a jamais répondu.", "Elle a répondu."),
        ("Aucun employé.", "Un employé."),
        ("sans mandat", "avec mandat"),
        ("ni elle ni lui", "elle et lui"),
    ],
    "quotations": [
        ("He said “it was wrong”.", "He said “it was bad”."),
        ("Elle a dit « c'est faux ».", "Elle a dit « c'est exagéré »."),
        ("<blockquote><p>It was wrong.</p></blockquote>", "<blockquote><p>It was bad.</p></blockquote>"),
    ],
    "links": [('<p>Read <a href="https://a.example/">it</a>.</p>', '<p>Read <a href="https://b.example/">it</a>.</p>')],
    "the text": [("", "Some words."), ("Des mots.", " ")],
}


@pytest.mark.pure
@pytest.mark.parametrize(("before", "after"), MINOR)
def test_wording_is_minor(before, after):
    assert broken_rules(before, after) == []
    assert broken_rules(after, before) == []


@pytest.mark.pure
@pytest.mark.parametrize(("rule", "before", "after"), [(rule, *pair) for rule, pairs in NOT_MINOR.items() for pair in pairs])
def test_more_than_wording_is_refused(rule, before, after):
    for one, two in ((before, after), (after, before)):
        found = broken_rules(one, two)
        assert any(rule in reason for reason in found) or (rule == "names" and "another order" in found[0])


# --- Whole editions -------------------------------------------------------------------------------------------------------
CONTENT = {
    "change": "first", "original_language": "en", "kind": "claim", "tags": ["law"],
    "en": {"slug": "a", "note": "", "title": "Where data is kept", "short_answer": "No.", "name": "Sale"},
    "fr": {"title": "Où les données sont gardées", "short_answer": "Non.", "name": "Vente"},
    "sources": [{"address": "https://a.example/"}],
    "claims": [{"status": "awaiting", "en": {"said": "It is so", "answer": "We think so"}}],
    "effects": [{"verb": "orders", "en": {"scope": "in part"}}],
}  # fmt: skip


def with_change(path, value):
    data = {**CONTENT, path[0]: value} if len(path) == 1 else {**CONTENT, path[0]: {**CONTENT[path[0]], path[1]: value}}
    return reasons(CONTENT, data)


@pytest.mark.pure
@pytest.mark.parametrize(
    "change",
    [
        (["kind"], "statement"),
        (["tags"], ["law", "court"]),
        (["original_language"], "fr"),
        (["en", "short_answer"], "No!"),
        (["fr", "short_answer"], "Pas encore."),
        (["fr", "name"], "Cession"),
        (["fr"], {}),
        (["sources"], [{"address": "https://b.example/"}]),
        (["sources"], []),
        (["claims"], [{"status": "answered", "en": {"said": "It is so", "answer": "We think so"}}]),
        (["claims"], [{"status": "awaiting", "en": {"said": "It was so", "answer": "We think so"}}]),
        (["effects"], [{"verb": "orders", "en": {"scope": "in  part"}}]),
        (["effects"], [{"verb": "ends", "en": {"scope": "in part"}}]),
    ],
    ids=str,
)
def test_facts_and_texts_of_which_every_word_counts_are_refused(change):
    assert with_change(*change)


@pytest.mark.pure
@pytest.mark.parametrize(
    "change",
    [
        (["change"], "minor"),
        (["en", "note"], "Mends a spelling mistake on 3 May."),
        (["en", "slug"], "b"),
        (["en", "title"], "Where the data is kept"),
        (["fr", "title"], "Où sont gardées les données"),
        (["claims"], [{"status": "awaiting", "en": {"said": "It is so", "answer": "We think that it is so"}}]),
    ],
    ids=str,
)
def test_wording_notes_and_addresses_are_free(change):
    assert with_change(*change) == []


@pytest.mark.pure
def test_reason_names_the_field_the_language_and_the_values():
    after = {**CONTENT, "fr": {**CONTENT["fr"], "title": "Où les 3 données sont gardées"}}
    assert reasons(CONTENT, after) == ["Not a minor change: “title” (French): numbers differ (– → 3)."]


# --- At the desk ----------------------------------------------------------------------------------------------------------
def minor_draft(model, editor, **texts):
    draft = factories.next_draft(factories.live(model, editor, "Example"), editor, "Example", change=Change.MINOR)
    for name, value in texts.items():
        setattr(draft, name, value)
    draft.save()
    return draft


@pytest.mark.django_db
@pytest.mark.parametrize("model", [ArticleEdition, QuestionEdition, EventEdition], ids=lambda model: model._meta.label)
def test_wording_is_published_as_minor(model, editor):
    draft = minor_draft(model, editor)
    setattr(draft, f"{model.TITLE}_en", f"Examples {model.TITLE} in English")
    setattr(draft, f"{model.TITLE}_fr", f"Exemple {model.TITLE} en français")
    draft.save()
    publish(draft, editor)
    assert not draft.is_draft


@pytest.mark.django_db
def test_minor_change_of_a_short_answer_is_refused_with_the_rule_in_words(editor):
    draft = minor_draft(QuestionEdition, editor, short_answer_fr="Oui.")
    with pytest.raises(ValidationError, match="“Short answer” .French.: every word of it counts"):
        publish(draft, editor)
    draft.refresh_from_db()
    assert draft.is_draft


@pytest.mark.django_db
def test_minor_change_of_an_effect_is_refused(editor):
    draft = minor_draft(EventEdition, editor)
    draft.effects.update(verb="ends")
    with pytest.raises(ValidationError, match="“Effects on measures” differ"):
        publish(draft, editor)


@pytest.mark.django_db
def test_the_same_change_is_published_as_an_update(editor):
    draft = minor_draft(QuestionEdition, editor, short_answer_en="Yes.", change=Change.UPDATE)
    publish(draft, editor)
    assert not draft.is_draft


@pytest.mark.django_db
def test_reasons_are_in_the_language_of_the_desk(editor):
    draft = minor_draft(QuestionEdition, editor, short_answer_en="Yes.")
    with translation.override("fr"), pytest.raises(ValidationError) as refused:
        publish(draft, editor)
    assert "anglais" in str(refused.value)


# --- Translations ---------------------------------------------------------------------------------------------------------
@pytest.mark.pure
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "statement"),
        ("tags", ["law", "court"]),
        ("original_language", "fr"),
        ("en", {**CONTENT["en"], "title": "Where the data is kept"}),
        ("en", {}),
        ("sources", [{"address": "https://b.example/"}]),
        ("sources", []),
        ("claims", [{"status": "awaiting", "en": {"said": "It is so", "answer": "We know so"}}]),
        ("effects", [{"verb": "ends", "en": {"scope": "in part"}}]),
    ],
    ids=str,
)
def test_facts_and_the_original_are_no_translation(name, value):
    assert beyond_translation(CONTENT, {**CONTENT, name: value})


@pytest.mark.pure
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("change", "translation"),
        ("translations", {"fr": {"digest": "0"}}),
        ("en", {**CONTENT["en"], "slug": "b", "note": "Adds the French text."}),
        ("fr", {"title": "Un tout autre titre du 3 mai", "short_answer": "Oui.", "name": "Cession"}),
        ("claims", [{"status": "awaiting", "en": {"said": "It is so", "answer": "We think so"}, "fr": {"said": "C’est ainsi"}}]),
    ],
    ids=str,
)
def test_texts_of_other_languages_are_a_translation(name, value):
    assert beyond_translation(CONTENT, {**CONTENT, name: value}) == []


def changed(edition, editor, change, lane=Lane.WORKING, **texts):
    draft = factories.draft_from(edition, editor, change=change, lane=lane)
    for name, value in {"note_en": "A public note.", **texts}.items():
        setattr(draft, name, value)
    draft.save()
    return draft


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [{"short_answer_en": "Yes."}, {"position": 77}], ids=str)
def test_translation_that_changes_more_is_refused(texts, editor):
    draft = changed(factories.live(QuestionEdition, editor), editor, Change.TRANSLATION, **texts)
    with pytest.raises(ValidationError, match="Not just a translation: “(Short answer|Position)” differs"):
        publish(draft, editor)


@pytest.mark.django_db
def test_translation_of_a_short_answer_is_published(editor):
    draft = changed(factories.live(QuestionEdition, editor), editor, Change.TRANSLATION, short_answer_fr="Oui.")
    publish(draft, editor)
    assert not draft.is_draft


@pytest.mark.django_db
def test_translation_brings_nothing_back(editor):
    with time_machine.travel(NOON, tick=False) as clock:
        edition = factories.live(QuestionEdition, editor)
        withdraw(edition, editor, Change.WITHDRAWAL, NOTES)
        clock.shift(60)
        with pytest.raises(ValidationError, match="Not just a translation: the page has been taken back"):
            publish(changed(edition, editor, Change.TRANSLATION), editor)


# --- Other neighbours than those it was checked against -------------------------------------------------------------------
HOUR = timedelta(hours=1)


@pytest.fixture
def row(db, editor):
    """What is live, an update scheduled for one o'clock, and for two and three what is silent only behind that update."""
    with time_machine.travel(NOON, tick=False):
        live = factories.live(QuestionEdition, editor)
        update = scheduled(changed(live, editor, Change.UPDATE, short_answer_en="Yes."), editor, NOON + HOUR)
        minor = scheduled(changed(update, editor, Change.MINOR), editor, NOON + 2 * HOUR)
        yield live, update, minor, scheduled(changed(minor, editor, Change.TRANSLATION, title_fr="Autre"), editor, NOON + 3 * HOUR)


def test_cancelling_holds_what_was_silent_behind_it(row, editor):
    live, update, minor, translated = row
    cancel(update, editor)
    assert shown(live, OPEN - HOUR) == live
    held = Decision.objects.filter(verb=Verb.HOLD, content_type__model="questionedition").values_list("object_id", flat=True)
    assert sorted(held) == [minor.pk, translated.pk]


def test_holding_counts_what_was_silent_behind_it_once(row, editor):
    live, update, minor, _translated = row
    assert hold([update, minor], editor) == 3
    assert shown(live, OPEN - HOUR) == live


def test_cancelling_leaves_what_is_as_silent_behind_the_one_before(row, editor):
    _live, update, minor, translated = row
    cancel(minor, editor)
    assert [shown(update, NOON + hours * HOUR) for hours in (1, 2, 3)] == [update, update, translated]


def test_urgent_edition_holds_what_is_not_silent_behind_it_whatever_was_chosen(row, editor):
    live, update, minor, translated = row
    urgent = changed(live, editor, Change.UPDATE, short_answer_en="Perhaps.")
    publish(urgent, editor, NOON + 1.5 * HOUR, later={minor.pk: KEEP, translated.pk: KEEP})
    assert [shown(live, NOON + hours * HOUR) for hours in (1, 2, 3)] == [update, urgent, urgent]


def test_urgent_edition_leaves_what_is_silent_behind_it(row, editor):
    live, update, minor, translated = row
    urgent = changed(update, editor, Change.UPDATE)
    publish(urgent, editor, NOON + 1.5 * HOUR, later={minor.pk: KEEP, translated.pk: KEEP})
    assert [shown(live, NOON + hours * HOUR) for hours in (1, 1.5, 2, 3)] == [update, urgent, minor, translated]


def test_rescheduling_past_what_was_silent_behind_it_holds_that(row, editor):
    live, update, *_silent = row
    copy = reschedule(update, editor, NOON + 4 * HOUR).edition
    assert [shown(live, NOON + hours * HOUR) for hours in (1, 2, 3, 4)] == [live, live, live, copy]


@pytest.mark.parametrize("hours", [0.5, 1.5])
def test_rescheduling_before_what_is_silent_behind_it_leaves_that(row, editor, hours):
    live, update, minor, translated = row
    copy = reschedule(update, editor, NOON + hours * HOUR).edition
    assert [shown(live, NOON + hour * HOUR) for hour in (hours, 2, 3)] == [copy, minor, translated]
