"""The OpenAPI document says what the API does: schemathesis asks what it allows and what it forbids, and looks at every answer."""

import pytest
import schemathesis
from django.core import signals
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from newsroom.api import schemas
from newsroom.api.examples import EXAMPLES
from newsroom.api.openapi import document
from newsroom.publishing.drafts import edition_types
from newsroom.wsgi import application
from tests import factories
from tests.factories import SOON

BOUNDED = settings(max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck), database=None)
FROM_PATHS = {"articles": "article", "questions": "question", "events": "event", "measures": "measure", "in-force": "measure"}


@pytest.fixture
def one_of_each(clock, db):
    """A live edition of every type, by the name of its document."""
    live = {model._meta.model_name.removesuffix("edition"): factories.live(model) for model in edition_types()}
    clock.shift(SOON)
    return live


@pytest.fixture
def schema():
    """The document as schemathesis reads it from the program itself. A request that ends must not close the test's connection."""
    told = [signals.request_started, signals.request_finished]
    for signal in told:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in told:
        signal.connect(close_old_connections)


# The parameters are read before any database is asked, and the engines' answers are compared by the other tests.
@pytest.mark.pure
@pytest.mark.parametrize("mode", list(GenerationMode))
def test_schemathesis_finds_nothing(one_of_each, schema, mode):
    for operation in (found.ok() for found in schema.get_all_operations()):
        name = operation.path.split("/")[3]
        slug = "law" if name == "tags" else name in FROM_PATHS and one_of_each[FROM_PATHS[name]].slug_en
        named = {"path_parameters": {"slug": slug}} if "{slug}" in operation.path and mode == GenerationMode.POSITIVE else {}

        @BOUNDED
        @given(case=operation.as_strategy(mode, **named))
        def ask(case):
            assume(all(value == value.strip() for value in (case.query or {}).values() if isinstance(value, str)))  # blanks are dropped
            # What no schema can say: that a day exists, that one is before the other, that something has this name.
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        ask()


@pytest.mark.pure
def test_document_is_openapi_3_1_with_an_example_of_every_answer():
    said = document()
    assert said["openapi"] == "3.1.0"
    assert len(said["paths"]) == 13
    for methods in said["paths"].values():
        answer = methods["get"]["responses"][200]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        assert EXAMPLES[answer] in said["components"]["schemas"][answer]["examples"]


@pytest.mark.pure
def test_examples_are_what_their_schemas_say():
    read = {name: getattr(schemas, name).model_validate(example) for name, example in EXAMPLES.items()}
    assert {name: model.model_dump(mode="json", exclude_unset=True) for name, model in read.items()} == EXAMPLES


def test_document_is_there_in_both_languages(reader, db):
    english, french = (reader.get("/api/v1/openapi.json", {"lang": code}).json() for code in ("en", "fr"))
    assert english["paths"].keys() == french["paths"].keys()
    assert english["paths"]["/api/v1/events"]["get"]["summary"] == "Events"
    assert french["paths"]["/api/v1/events"]["get"]["summary"] == "Événements"
