"""What an event's page offers to look through: its month, the days around it, and everything between it and another event."""

from datetime import timedelta

import pytest
import time_machine

from newsroom.publishing.publish import withdraw
from tests.factories import NOON, NOTES
from tests.timeline.content import YESTERDAY, effect, event, measure

pytestmark = pytest.mark.django_db
ORDER = "/en/timeline/order-title-in-english/"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def beside(reader, path=ORDER):
    return reader.get(path).context["beside"]


def test_an_event_leads_to_its_month_and_to_the_days_around_it(reader):
    event("Order", "2020-08-14")
    event("same month", "2020-08~")
    event("soon after", "2020-09-05")
    event("next year", "2021-09-05")
    spans = [(span.words.replace("\xa0", " "), span.address, span.count) for span in beside(reader).windows]
    assert spans == [
        ("August 2020", "/en/timeline/?from=2020-08&to=2020-08", 2),
        ("30 days before and after", "/en/timeline/?from=2020-07-15&to=2020-09-13", 3),
    ]
    for _words, address, count in spans:
        assert reader.get(address).context["page"].total == count


def test_an_event_leads_to_everything_between_it_and_the_others_about_its_measures(reader, editor):
    ban, sale = measure("Ban"), measure("Sale")
    event("Order", "2020-08-14", effect(ban, "orders"))
    event("reported", "2020-08~/2020-09", effect(ban, "amends"))
    event("about another", "2020-09-14", effect(sale, "orders"))
    event("stay", "2020-09-27", effect(ban, "suspends"))
    event("still in force", "2020-10-01/..", effect(ban, "amends"))
    event("not live", "2020-10-05", effect(ban, "ends"), at=NOON + timedelta(days=1))
    gone = event("retracted", "2020-10-06", effect(ban, "ends"), at=YESTERDAY - timedelta(days=1))
    with time_machine.travel(YESTERDAY, tick=False):
        withdraw(gone, editor, "retraction", NOTES)
    spans = [(span.event.title_en.removesuffix(" title in English"), span.address, span.count) for span in beside(reader).between]
    assert spans == [
        ("reported", "/en/timeline/?from=2020-07-01&to=2020-09-30", 4),
        ("stay", "/en/timeline/?from=2020-08-14&to=2020-09-27", 4),
        ("still in force", "/en/timeline/?from=2020-08-14", 5),
    ]
    for _title, address, count in spans:
        assert reader.get(address).context["page"].total == count


def test_an_event_without_a_known_end_leads_to_no_days_around_it(reader):
    event("Order", "2020-08-14/..")
    event("other", "2020-08-15")
    assert beside(reader).windows == []
