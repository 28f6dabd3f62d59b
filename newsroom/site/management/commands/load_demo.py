from django.conf import settings
from django.core.management.base import BaseCommand

from newsroom.publishing.drafts import now
from newsroom.site.demo import Demo


class Command(BaseCommand):
    help = "Enters the demonstration content of demo/. Documents that are there already are left as they are."

    def handle(self, **options):
        count = Demo(settings.BASE_DIR / "demo", now()).load()
        self.stdout.write(f"Demonstration content: {count} documents entered." if count else "Demonstration content: nothing to do.")
