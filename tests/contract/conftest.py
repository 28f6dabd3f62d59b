"""The contract is the same for every content type: each test runs once for each."""

import pytest
import time_machine

from newsroom.publishing.drafts import edition_types
from tests.factories import NOON


@pytest.fixture(params=edition_types(), ids=lambda model: model._meta.label)
def edition_type(request):
    return request.param


@pytest.fixture(params=[model for model in edition_types() if hasattr(model, "tags")], ids=lambda model: model._meta.label)
def tagged_type(request):
    return request.param


@pytest.fixture
def clock():
    """Noon, standing still; `clock.move_to(moment)` and `clock.shift(delta)` are the only time that passes."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
