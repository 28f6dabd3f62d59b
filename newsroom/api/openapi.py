"""The OpenAPI 3.1 document, in the language that is active."""

import json
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _
from ninja.responses import NinjaJSONEncoder

from .operations import api
from .problems import MEDIA_TYPE
from .schemas import Problem

ROOT = "/api/v1/"


@cache
def written(language):
    """The document as JSON text. It is made once for each language, which has to be the active one."""
    return json.dumps(document(), cls=NinjaJSONEncoder, ensure_ascii=False, indent=1)


def document():
    """What programs need to know of the API, as a dict of JSON values (texts may be lazy)."""
    schema = api.get_openapi_schema(path_prefix=ROOT)
    schema["info"] |= {"title": settings.NEWSROOM_NAME, "description": _("Everything that is public here, now and at any moment before.")}
    schema["servers"] = [{"url": settings.SITE_URL}]
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    for path, methods in schema["paths"].items():
        responses = methods["get"]["responses"]
        responses |= {"301": {"description": _("It stands at another address now.")}} if "{" in path else {}
        responses |= {str(status): told(words) for status, words in problems(path).items()}
    return schema


def problems(path):
    """What can go wrong at a path: {status: words}."""
    found = {400: _("A parameter cannot be read; the problem names it.")}
    if path == ROOT:
        return found
    found[404] = _("There is nothing at this address, or nothing was public at the moment.")
    return found | ({410: _("It was retracted; the problem says why.")} if "{" in path else {})


def told(words):
    return {"description": words, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
