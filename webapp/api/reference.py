"""The OpenAPI document as its page shows it: endpoints that can be tried, and what they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

_Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Input:
    """A parameter.

    Attributes:
        name: Its name.
        in_path: Whether it is a part of the path.
        kind: What it takes, as safe HTML.
        description: What it means, as safe HTML.
        choices: The values to choose from, if there are few.
        value: What is entered to begin with.
        usual: What holds where it is not given; empty where nothing does.
    """

    name: str
    in_path: bool
    kind: Markup
    description: Markup
    choices: tuple[str, ...]
    value: str
    usual: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with a status.

    Attributes:
        status: The status.
        meaning: What it says.
        kind: What the answer is, as safe HTML; empty where there is none.
        headers: The headers that it has to say something.
    """

    status: str
    meaning: str
    kind: Markup
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the API."""

    name: str
    path: str
    summary: str
    description: Markup
    inputs: tuple[Input, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A member of an answer."""

    name: str
    kind: Markup
    description: Markup


@dataclass(frozen=True, slots=True)
class Model:
    """A part of an answer: its members, or the values it may have."""

    name: str
    description: Markup
    fields: tuple[Field, ...]
    values: tuple[str, ...]


def endpoints(document: _Schema, values: Mapping[str, str]) -> tuple[Endpoint, ...]:
    """Read the endpoints.

    Args:
        document: The OpenAPI document.
        values: What to enter for parameters that an endpoint needs.
    """
    return tuple(
        Endpoint(
            item["get"]["operationId"],
            path,
            item["get"]["summary"],
            described(item["get"]["description"]),
            tuple(
                _input(parameter, document, values)
                for parameter in item["get"].get("parameters", ())
            ),
            tuple(_replies(item["get"]["responses"])),
        )
        for path, item in document["paths"].items()
    )


def models(document: _Schema) -> tuple[Model, ...]:
    """Read what answers are made of."""
    return tuple(
        Model(
            name,
            # What follows the first paragraph is for those who read the code.
            described(schema.get("description", "").partition("\n\n")[0]),
            tuple(
                Field(member, _kind(of), described(of.get("description", "")))
                for member, of in schema.get("properties", {}).items()
            ),
            tuple(map(str, schema.get("enum", ()))),
        )
        for name, schema in document["components"]["schemas"].items()
    )


def described(description: str) -> Markup:
    """Give a description as HTML: what stands between backticks is code."""
    parts = re.split(r"`([^`]*)`", description)
    return Markup("").join(_code(part) if place % 2 else part for place, part in enumerate(parts))


def _input(parameter: _Schema, document: _Schema, values: Mapping[str, str]) -> Input:
    schema = parameter["schema"]
    usual = schema.get("default", "")
    return Input(
        parameter["name"],
        parameter["in"] == "path",
        _kind(schema),
        described(parameter["description"]),
        tuple(map(str, _choices(schema, document))),
        values.get(parameter["name"], "") if parameter["required"] else "",
        "" if isinstance(usual, list) else str(usual),
    )


def _choices(schema: _Schema, document: _Schema) -> list[Any]:
    if schema.get("type") == "array":
        return _choices(schema["items"], document)
    if reference := schema.get("$ref"):
        schema = document["components"]["schemas"][_name(reference)]
    found = next((of for of in schema.get("anyOf", ()) if "$ref" in of), None)
    return _choices(found, document) if found else list(schema.get("enum", ()))


def _replies(responses: _Schema) -> Iterator[Reply]:
    for status, response in sorted(responses.items()):
        kinds = [
            _kind(of["schema"]) if media.endswith("json") else _code(media)
            for media, of in response.get("content", {}).items()
        ]
        yield Reply(
            status,
            response["description"],
            Markup(", ").join(kinds),
            tuple(response.get("headers", ())),
        )


def _kind(schema: _Schema) -> Markup:
    """Say in words what a schema allows, and link the models it names."""
    if reference := schema.get("$ref"):
        name = _name(reference)
        return Markup('<a href="#model-{0}">{0}</a>').format(name)
    if either := schema.get("anyOf"):
        return Markup(" or ").join(map(_kind, either))
    if values := schema.get("enum"):
        return Markup(" or ").join(map(_code, values))
    match schema.get("type"):
        case "array":
            return Markup("list of ") + _kind(schema["items"])
        case "object":
            of = schema.get("additionalProperties")
            return _kind(of) + Markup(" for each name") if of else Markup("object")
        case kind:
            form = schema.get("format")
            return escape(f"{kind} ({form})" if form else str(kind))


def _code(text: object) -> Markup:
    return Markup("<code>{}</code>").format(text)


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]
