import pytest
import time_machine

from tests.factories import NOON


@pytest.fixture
def clock():
    """Noon, standing still; `clock.move_to(moment)` and `clock.shift(delta)` are the only time that passes."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
