"""Releases: drafts of several documents that go public at one second, and are prepared, approved, moved and held as one."""

from contextlib import contextmanager

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .plaintext import refuse_control_characters


class Release(models.Model):
    """What belongs together. Its title is for the desk alone."""

    title = models.CharField(gettext_lazy("title"), max_length=200, validators=[refuse_control_characters])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("release")
        verbose_name_plural = gettext_lazy("releases")
        default_permissions = ()
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    @property
    def editions(self):
        """The editions in it, in a fixed order."""
        found = [member.edition for member in self.members.prefetch_related("edition")]
        return sorted((edition for edition in found if edition is not None), key=lambda one: (one._meta.label, one.document_id))


class Member(models.Model):
    """One edition in a release; an edition is in one at most. It follows the content from a cancelled edition to its draft."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="members")
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.BigIntegerField()
    edition = GenericForeignKey()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="publishing_release_member_once")]

    def __str__(self):
        return f"{self.edition}"

    @classmethod
    def of(cls, edition):
        return cls.objects.filter(content_type=ContentType.objects.get_for_model(edition), object_id=edition.pk)

    @classmethod
    def follow(cls, edition, copy):
        """From now on `copy` is what the release has in place of `edition`."""
        cls.of(edition).update(object_id=copy.pk)


def releases_of(editions):
    """{edition: its release}, for those of the editions that are in one. One query."""
    keys = {(ContentType.objects.get_for_model(edition).pk, edition.pk): edition for edition in editions}
    types, ids = ({key[part] for key in keys} for part in (0, 1))
    members = Member.objects.filter(content_type__in=types, object_id__in=ids).select_related("release")
    found = {(member.content_type_id, member.object_id): member.release for member in members}
    return {edition: found[key] for key, edition in keys.items() if key in found}


def one_each(editions, models):
    """The editions without those whose release has an earlier member of these types: what goes out together is listed once."""
    own = Member.objects.filter(content_type=ContentType.objects.get_for_model(editions.model), object_id=OuterRef("pk"))
    earlier = Member.objects.filter(release=OuterRef("release"), pk__lt=OuterRef("pk"), content_type__in=types_of(models))
    return editions.exclude(Exists(own.filter(Exists(earlier))))


def count_in(releases, models):
    """{id of a release: how many texts of these types are in it}. One query."""
    members = Member.objects.filter(release__in=releases, content_type__in=types_of(models)).order_by()
    return dict(members.values_list("release").annotate(Count("pk")))


def types_of(models):
    return ContentType.objects.get_for_models(*models).values()


def companions(edition):
    """The editions that go live with this one, at its very second, because a release says so."""
    member = Member.of(edition).select_related("release").first()
    others = member.release.editions if member else []
    return [one for one in others if one.live_from == edition.live_from and not one.is_cancelled and one != edition]


def check_no_release(edition):
    """Raises ValidationError for what is to go out with others, and so never alone."""
    member = Member.of(edition).select_related("release").first()
    if member and len(member.release.editions) > 1:
        told = _("This text is part of the release “%(title)s”. Publish or move it there, with the others, or take it out first.")
        raise ValidationError(told % {"title": member.release}, code="release")


@contextmanager
def named(edition):
    """Says which of several texts was refused."""
    try:
        yield
    except ValidationError as error:
        said = [_("“%(title)s”: %(message)s") % {"title": edition, "message": message} for message in error.messages]
        raise ValidationError(said) from None
