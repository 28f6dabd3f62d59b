"""IANA time zones by name."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def validate_zone(name):
    """A validator: the name of a zone in the IANA time zone database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(_("“%(name)s” is no time zone. An example: America/New_York."), params={"name": name}) from None
