from getpass import getpass

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from newsroom.publishing import languages
from newsroom.publishing.drafts import edition_types
from newsroom.record.erasure import erase


def document_types():
    """{"articles.article": its model, …}"""
    models = [model.document.field.related_model for model in edition_types()]
    return {model._meta.label_lower: model for model in models}


class Command(BaseCommand):
    help = "Removes passages for good from every edition, revision and snapshot of a document. Two people sign, each with their password."

    def add_arguments(self, parser):
        parser.add_argument("type", choices=sorted(document_types()))
        parser.add_argument("document", type=int, help="the document's number")
        parser.add_argument("--passage", action="append", required=True, help="the exact words to remove; can be given more than once")
        parser.add_argument("--by", required=True, help="user name of the first person")
        parser.add_argument("--second", required=True, help="user name of the second person")
        for code in languages.LANGUAGES:
            parser.add_argument(f"--reason-{code}", required=True, help=f"what the public reads about why ({code})")

    def handle(self, *, type, document, passage, by, second, **options):
        found = document_types()[type].objects.filter(pk=document).first()
        if found is None:
            raise CommandError(f"There is no {type} {document}.")
        people = [self._signed(by), self._signed(second)]
        try:
            count = erase(found, passage, {code: options[f"reason_{code}"] for code in languages.LANGUAGES}, *people)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        said = f"Removed from {count} editions. The hashes stay, and the corrections page says what happened."
        self.stdout.write(said if count else "Removed from text that nobody has saved yet. No edition had it.")

    def _signed(self, name):
        person = authenticate(username=name, password=getpass(f"Password of {name}: "))
        if person is None:
            raise CommandError(f"{name} did not sign: wrong name or password.")
        return person
