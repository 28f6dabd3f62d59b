"""What every template may use besides its view's context. Nothing here depends on who reads."""

from django.conf import settings

from newsroom.publishing import languages
from newsroom.publishing.prepared import Prepared
from newsroom.publishing.querysets import now_beyond

from .models import BannerEdition

LIVE_BANNER = Prepared(BannerEdition, lambda editions, at, now: editions.live_as_known(at, now)[:1])


def newsroom(request):
    """The newsroom's name, its languages and zone and, lazily, the urgent banner that is live at `request.at`."""

    def banner():
        return LIVE_BANNER.first(at=request.at, now=now_beyond(request.at)) if hasattr(request, "at") else None

    return {
        "newsroom_name": settings.NEWSROOM_NAME,
        "press_email": settings.PRESS_EMAIL,
        "is_demo": settings.IS_DEMO,
        "site_url": settings.SITE_URL,
        "zone_name": settings.TIME_ZONE.replace("_", " "),
        "language": languages.current(),
        "banner": banner,
    }
