"""Who may sign in, and resetting a forgotten password. The names of these addresses are the ones Django's admin looks for."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import PasswordResetForm
from django.urls import path

from ..people import account_of
from ..practice import PASSWORD, note


class StaffBackend(ModelBackend):
    """Django asks this at sign-in and at each request, so an account that has expired is out at once."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and not account_of(user).is_expired


class ChosenPassword(views.PasswordResetConfirmView):
    def form_valid(self, form):
        note(self.user, PASSWORD)
        return super().form_valid(form)


class ResetForm(PasswordResetForm):
    """Writes links from SITE_URL, never from the Host header, which an attacker may choose."""

    def save(self, **options):
        site = urlsplit(settings.SITE_URL)
        options.update(domain_override=site.netloc, use_https=site.scheme == "https", from_email=settings.DEFAULT_FROM_EMAIL)
        super().save(**options)


urlpatterns = [
    path("password_reset/", views.PasswordResetView.as_view(form_class=ResetForm), name="admin_password_reset"),
    path("password_reset/done/", views.PasswordResetDoneView.as_view(), name="password_reset_done"),
    path("reset/<uidb64>/<token>/", ChosenPassword.as_view(), name="password_reset_confirm"),
    path("reset/done/", views.PasswordResetCompleteView.as_view(), name="password_reset_complete"),
]
