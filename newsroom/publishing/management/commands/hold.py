from django.core.management.base import BaseCommand

from newsroom.publishing.desk.site import scheduled
from newsroom.publishing.drafts import edition_types
from newsroom.publishing.publish import hold


class Command(BaseCommand):
    help = "Holds everything that is scheduled: none of it goes live, each text becomes a draft again."

    def add_arguments(self, parser):
        parser.add_argument("--reason", default="", help="why, for the log of decisions")

    def handle(self, *, reason, **options):
        count = hold(scheduled(edition_types()), None, reason=reason)
        self.stdout.write(f"Held: {count}.")
