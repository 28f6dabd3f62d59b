"""Resetting a forgotten password. The names of these addresses are the ones Django's admin looks for."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.urls import path


class ResetForm(PasswordResetForm):
    """Writes links from SITE_URL, never from the Host header, which an attacker may choose."""

    def save(self, **options):
        site = urlsplit(settings.SITE_URL)
        options.update(domain_override=site.netloc, use_https=site.scheme == "https", from_email=settings.DEFAULT_FROM_EMAIL)
        super().save(**options)


urlpatterns = [
    path("password_reset/", views.PasswordResetView.as_view(form_class=ResetForm), name="admin_password_reset"),
    path("password_reset/done/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("reset/<uidb64>/<token>/", views.PasswordResetConfirmView.as_view(), name="password_reset_confirm"),
    path("reset/done/", views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]
