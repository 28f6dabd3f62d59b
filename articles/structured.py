"""An article for machines: schema.org's NewsArticle."""

from urllib.parse import urljoin

from django.conf import settings

from newsroom.publishing import structured


def data(edition, context):
    text, (picture, _words) = edition.text, edition.named_picture
    return structured.page(
        edition,
        context["entries"],
        "NewsArticle",
        headline=text.title,
        description=text.summary,
        author={"@type": "Organization", "name": text.byline or settings.NEWSROOM_NAME},
        image=picture and urljoin(settings.SITE_URL, picture.file.url),
        keywords=[tag.label for tag in context["tags"]],
        isBasedOn=edition.address,
    )
