import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand

# Name, group and first name of each; the password is made here, shown once, and kept only as a hash.
STAFF = [("writer", "Writers", "Wren"), ("editor", "Editors", "Edda")]


class Command(BaseCommand):
    help = "Creates the demonstration's writer and editor, and prints their passwords, once."

    def handle(self, **options):
        users = get_user_model().objects
        for name, group, first_name in STAFF:
            if users.filter(username=name).exists():
                continue
            password = "-".join(secrets.token_hex(3) for _ in range(3))
            person = users.create_user(name, f"{name}@newsroom.example", password, first_name=first_name, is_staff=True)
            person.groups.add(Group.objects.get(name=group))
            self.stdout.write(f"  {group[:-1]:8} sign in as {name:8} password {password}   (shown this once)")
