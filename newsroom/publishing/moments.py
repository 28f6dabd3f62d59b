"""From a wall clock to a moment. A time that does not exist, or exists twice, is asked about and never guessed."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def moments(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments (aware, UTC) at which clocks in `zone` show the naive time `wall` (PEP 495).

    None when clocks skip that time, two when they repeat it.
    """
    found = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall and moment not in found:
            found.append(moment)
    return sorted(found)
