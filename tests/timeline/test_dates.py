"""Dates as they are known, from the form to every page: EDTF levels 0 and 1, the order they make, and what a changed one has to tell.

Their order is the database's, on both engines; the rules and the words are of none.
"""

from datetime import time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from newsroom.publishing.drafts import save_draft
from newsroom.publishing.models import Change
from newsroom.publishing.publish import publish
from tests.desk.desk import Desk
from tests.factories import NOON, next_draft
from tests.timeline.content import event, plain
from timeline.models import EventEdition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


# In the order of the timeline: the first possible day, then the last one.
IN_WORDS = {
    "../2020": ("until 2020", "jusqu’en 2020"),
    "/2021": ("until 2021 (start not known)", "jusqu’en 2021 (début inconnu)"),
    "2020?": ("2020 (uncertain)", "2020 (date incertaine)"),
    "2020~": ("about 2020", "vers 2020"),
    "2020": ("2020", "2020"),
    "202X": ("the 2020s", "les années 2020"),
    "2020/": ("from 2020 on (end not known)", "à partir de 2020 (fin inconnue)"),
    "2020/..": ("from 2020 on", "à partir de 2020"),
    "2020-22": ("summer 2020", "été 2020"),
    "2020-07~": ("about July 2020", "vers juillet 2020"),
    "2020-08": ("August 2020", "août 2020"),
    "2020-08-XX": ("some day in August 2020", "un jour en août 2020"),
    "2020-08-06": ("6 August 2020", "6 août 2020"),
    "2020-08-14/2020-11-12": ("14 August 2020 to 12 November 2020", "du 14 août 2020 au 12 novembre 2020"),
    "2020-08-17~": ("about 17 August 2020", "vers le 17 août 2020"),
    "2020-08-20%": ("about 20 August 2020 (uncertain)", "vers le 20 août 2020 (date incertaine)"),
}


def test_every_form_of_a_date_is_said_in_both_languages_and_stands_in_its_place(reader):
    for text in reversed(IN_WORDS):
        event(text, text, en={"title": f"<{text}>"}, fr={"title": f"<{text}>"})
    editions = list(reader.get("/en/timeline/").context["page"])
    places = [(one.first_day, one.last_day) for one in editions]
    assert places == sorted(places)
    assert {one.date for one in editions} == set(IN_WORDS)
    for place, language in enumerate(("en", "fr")):
        page = plain(reader.get(f"/{language}/timeline/").content.decode()).replace("\u202f", " ")
        assert [words[place] for words in IN_WORDS.values() if words[place] not in page] == []


@pytest.mark.pure
def test_the_time_of_day_is_shown_with_its_zone(reader):
    event("Signed", "2020-08-14", time="21:30", zone="America/New_York")
    for path in ("/en/timeline/", "/en/timeline/signed-title-in-english/", "/fr/timeline/"):
        assert "21:30, America/New_York" in plain(reader.get(path).content.decode())


# --- A confirmed date that changes ------------------------------------------------------------------------------------------
def changed(first, editor, change=Change.UPDATE, note="", **facts):
    draft = next_draft(first, change=change)
    for name, value in {**facts, "note_en": note, "note_fr": note}.items():
        setattr(draft, name, value)
    save_draft(draft, editor)
    return draft


@pytest.mark.parametrize("facts", [{"date": "2020-08-17"}, {"date": "2020-08"}, {"time": time(9), "zone": "America/New_York"}])
@pytest.mark.parametrize("change", [Change.UPDATE, Change.CORRECTION, Change.MINOR, Change.TRANSLATION])
@pytest.mark.pure
def test_a_confirmed_date_changes_with_a_public_note_and_in_no_other_way(editor, facts, change):
    draft = changed(event("Signed", "2020-08-14"), editor, change, **facts)
    with pytest.raises(ValidationError, match="A confirmed date changes, from"):
        publish(draft, editor)
    draft.note_en = "The order was dated otherwise."
    save_draft(draft, editor)
    if change in (Change.MINOR, Change.TRANSLATION):
        with pytest.raises(ValidationError, match="differ"):
            publish(draft, editor)
    else:
        publish(draft, editor)


@pytest.mark.pure
def test_a_reported_date_may_be_made_precise_with_any_note(editor):
    draft = changed(event("Signed", "2020-08", certainty="reported"), editor, date="2020-08-14")
    with pytest.raises(ValidationError, match="The public note is empty"):
        publish(draft, editor)


@pytest.mark.pure
def test_the_desk_says_which_date_changes_before_anybody_publishes(editor):
    client = Client()
    client.force_login(editor)
    desk = Desk(client)
    draft = changed(event("Signed", "2020-08-14"), editor, date="2020-08-17")
    page = desk.step("publish", draft).content.decode().replace("\xa0", " ")
    assert "A confirmed date changes, from “14 August 2020” to “17 August 2020”: say so in the public note, and why." in page
    assert EventEdition.objects.get(pk=draft.pk).is_draft
