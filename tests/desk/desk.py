"""What a person does at the desk, over HTTP."""

import datetime
import re

from django.urls import reverse
from django.utils.html import strip_tags

from newsroom.publishing import languages
from newsroom.publishing.models import Tag


class Desk:
    """One person's browser. Every method returns the response to the last request; redirects are followed."""

    def __init__(self, client):
        self.client = client

    def get(self, address, **query):
        return self.client.get(address, query, follow=True)

    def post(self, address, data=None):
        return self.client.post(address, data or {}, follow=True)

    def list(self, model, **query):
        return self.get(address_of(model, "changelist"), **query)

    def open(self, edition):
        return self.get(address_of(edition, "change"))

    def add(self, model, data, button="_continue"):
        return self.post(address_of(model, "add"), {**typed(model, data), button: "1"})

    def save(self, edition, opened=None, button="_continue", **changes):
        """Send the form as it was when `opened` (a response of `open`), by default now, with some fields changed."""
        form = fields_of(opened or self.open(edition))
        return self.post(address_of(edition, "change"), {**form, **changes, button: "1"})

    def step(self, name, edition, *more, **data):
        """Look at a step's page, then send its form."""
        address = address_of(edition, name, *more)
        page = self.client.get(address)
        seen = page.context["seen"] if page.context and "seen" in page.context else ""
        return self.post(address, {"seen": seen, **data})


def address_of(edition, name, *more):
    """The address of an edition's page at the desk; of its type's list or form, where `edition` is a model."""
    opts = edition._meta
    args = [] if name in ("changelist", "add") else [edition.pk, *more]
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


def typed(model, data):
    """A snapshot as the fields of the form to add one."""
    form = _texts_and_facts(data, model)
    if "tags" in data:
        form["tags"] = list(Tag.objects.filter(slug__in=data["tags"]).values_list("pk", flat=True))
    for name in model.CHILDREN:
        child = model._meta.get_field(name).related_model
        form |= {f"{name}-TOTAL_FORMS": len(data[name]), f"{name}-INITIAL_FORMS": 0}
        for number, row in enumerate(data[name]):
            form |= {f"{name}-{number}-{field}": value for field, value in _texts_and_facts(row, child).items()}
    return form


def _texts_and_facts(row, model):
    form = {f"{name}_{code}": words for code in languages.LANGUAGES for name, words in row.get(code, {}).items()}
    left_out = {*languages.LANGUAGES, *model.CHILDREN, "tags", "translations"}
    return form | {name: plain(value) for name, value in row.items() if name not in left_out and value is not False}


def fields_of(response):
    """What a browser would send, were the form sent as it is shown."""
    forms = [response.context["adminform"].form]
    for shown in response.context["inline_admin_formsets"]:
        forms += [shown.formset.management_form, *shown.formset.forms]
    data = {"based_on": response.context["based_on"]}
    for form in forms:
        data |= {field.html_name: plain(field.value()) for field in form if not any(field.value() is none for none in (None, False))}
    return data


def plain(value):
    if isinstance(value, list):
        return [getattr(item, "pk", item) for item in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return "" if value is None else value


def told(response):
    """The messages at the top of a page."""
    return [str(message) for message in response.context["messages"]]


def words_of(response):
    """What a page's readers hear, in one line."""
    return re.sub(r"\s+", " ", strip_tags(response.text.partition('id="content-main"')[2]))
