"""Questions and answers for machines: schema.org's FAQPage."""

from django.conf import settings
from django.utils.translation import gettext as _

from newsroom.library.illustrations import without_pictures
from newsroom.publishing import languages, structured
from newsroom.search.matching import strip_tags


def data(edition, context):
    text = edition.text
    asked = question(edition, strip_tags(without_pictures(text.answer)))
    return structured.page(edition, context["entries"], "FAQPage", name=text.question, mainEntity=[asked])


def list_data(questions, address):
    """All questions of a list, each with its short answer."""
    listed = [question(edition) for edition in questions]
    return structured.said(
        {"@type": "FAQPage", "url": address, "name": _("Questions"), "inLanguage": languages.current()},
        publisher=structured.publisher(),
        mainEntity=listed,
    )


def question(edition, reasons=""):
    text, address = edition.text, settings.SITE_URL + edition.get_absolute_url()
    answer = {"@type": "Answer", "text": " ".join([text.short_answer, *reasons.split()]), "url": address}
    return {
        "@type": "Question",
        "name": text.question,
        "url": address,
        "inLanguage": text.language,
        "datePublished": structured.moment(edition.first_live_from),
        "acceptedAnswer": answer | {"inLanguage": text.language, "dateModified": structured.moment(edition.live_from)},
    }
