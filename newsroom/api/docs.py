"""The documentation for people, made from the very document that programs read."""

import json

from django.conf import settings

from newsroom.publishing import languages

from .examples import ANSWERS, EXAMPLES
from .openapi import ROOT, written
from .problems import TYPES
from .schemas import Document, List


def context():
    """What `api/docs.html` shows: operations, schemas and problems, in the order in which they are declared."""
    schema = json.loads(written(languages.current()))
    return {
        "root": f"{settings.SITE_URL}{ROOT}",
        "operations": [operation(path, methods["get"]) for path, methods in schema["paths"].items()],
        "schemas": schemas_of(schema["components"]["schemas"]),
        "problems": [{"status": status, "name": name, "title": title} for status, (name, title) in TYPES.items()],
    }


def operation(path, said):
    """One operation: its parameters in the query, and the answer with an example."""
    answer = name_of(said["responses"]["200"]["content"]["application/json"]["schema"])
    return {
        "path": path,
        "summary": said["summary"],
        "description": said["description"],
        "parameters": [parameter(one) for one in said["parameters"] if one["in"] == "query"],
        "answer": answer,
        "example": json.dumps(EXAMPLES[answer], indent=1, ensure_ascii=False),
    }


def parameter(said):
    schema = said["schema"]
    return {**said, "choices": schema.get("enum", []), "default": schema.get("default", "")}


def fields(schema):
    """The fields of one schema: name, type and what it is."""
    return [{"name": name, "type": type_of(one), "description": one.get("description", "")} for name, one in schema["properties"].items()]


def type_of(schema):
    """A type as the page writes it: {"words": "text", "schema": the schema it leads to, "is_list", "is_optional"}."""
    options = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    inner = options[0].get("items", options[0])
    return {
        "words": inner.get("format") or inner.get("type", ""),
        "schema": name_of(inner),
        "is_list": "items" in options[0],
        "is_optional": "anyOf" in schema,
    }


def schemas_of(found):
    """The schemas that answers are made of. What every answer and every document says stands once, under their own names."""
    shown = {"List": List.model_json_schema(), "Document": Document.model_json_schema()}
    shown |= {name: schema for name, schema in found.items() if name not in ANSWERS}
    common = set(Document.model_fields)
    return [
        {
            "name": name,
            "is_document": (is_document := name != "Document" and common <= schema["properties"].keys()),
            "fields": [field for field in fields(schema) if not (is_document and field["name"] in common)],
        }
        for name, schema in shown.items()
    ]


def name_of(schema):
    return (schema.get("$ref") or (schema.get("allOf") or [{}])[0].get("$ref", "")).rpartition("/")[2]
