"""The desk through Django's client: one person's forms, as the browser would send them."""

import pytest
import time_machine
from django.test import Client

from newsroom.publishing.drafts import edition_types
from newsroom.site.models import BannerEdition
from tests.desk.desk import Desk
from tests.factories import NOON, richest_on_both
from timeline.models import EventEdition

RICHEST, BAREST = EventEdition, pytest.param(BannerEdition, marks=pytest.mark.pure)
"""What the desk does is done in the same way to every type: to the one with most in it, and (on one engine) to the one with least."""


@pytest.fixture(params=[RICHEST, BAREST], ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture(params=richest_on_both(edition_types()), ids=lambda model: model._meta.label)
def every_type(request):
    """For what depends on a type's own fields."""
    return request.param


@pytest.fixture
def clock():
    """Noon, standing still; `clock.move_to(moment)` and `clock.shift(delta)` are the only time that passes."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def signed_in(person):
    client = Client()
    client.force_login(person)
    return Desk(client)


@pytest.fixture
def writers_desk(writer):
    return signed_in(writer)


@pytest.fixture
def editors_desk(editor):
    return signed_in(editor)
