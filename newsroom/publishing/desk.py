"""The desk: Django's admin site with the newsroom's name, order and content security policy."""

from csp.constants import NONCE, SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_title = _("Newsroom desk")
    site_header = _("Newsroom desk")
    index_title = _("What the public reads")
    enable_nav_sidebar = False
