import pytest
import time_machine

from tests.factories import NOON


@pytest.fixture
def clock():
    """Noon, standing still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
