"""What every template may use besides its view's context. Nothing here depends on who reads."""

from django.conf import settings

from newsroom.publishing import languages

from .models import BannerEdition


def newsroom(request):
    """The newsroom's name, its languages and zone and, lazily, the urgent banner that is live at `request.at`."""

    def banner():
        return BannerEdition.objects.live(request.at).first() if hasattr(request, "at") else None

    return {
        "newsroom_name": settings.NEWSROOM_NAME,
        "press_email": settings.PRESS_EMAIL,
        "is_demo": settings.IS_DEMO,
        "site_url": settings.SITE_URL,
        "zone_name": settings.TIME_ZONE.replace("_", " "),
        "language": languages.current(),
        "banner": banner,
    }
