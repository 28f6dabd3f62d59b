"""For the desk's own templates."""

from django import template
from django.utils.text import capfirst

from newsroom.publishing.log import name_of

register = template.Library()
register.filter(name_of)


@register.filter
def change_address(edition):
    """The name of the admin page of an edition, for {% url %}."""
    return f"admin:{edition._meta.app_label}_{edition._meta.model_name}_change"


@register.filter
def kind(edition):
    """What the desk calls its type."""
    return capfirst(edition._meta.verbose_name)


@register.simple_tag
def step(edition_admin, name, *args):
    """The address of a step of an edition's life."""
    return edition_admin.step(name, *args)


@register.filter
def status_at(edition, at):
    return edition.status(at)


@register.simple_tag
def language_codes():
    from newsroom.publishing import languages

    return languages.LANGUAGES


@register.simple_tag
def revision_key(revision):
    """What a save is called by the page that compares two (desk/comparing.py)."""
    return f"r{revision.object_id}.{revision.number}"
