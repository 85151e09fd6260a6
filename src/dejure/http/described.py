"""What each address returns, for the description of the interface: schemas of our records, examples, errors."""

from __future__ import annotations

import copy
import functools
from collections.abc import Sequence
from importlib import resources
from typing import Any

import msgspec

from dejure.records import Coding, Reject

__all__ = ["components", "described", "returns"]

_REF = "#/components/schemas/{name}"
_ERROR_CODES = {
    "400": "No such setting, or a request that cannot be understood.",
    "403": "Not taken: a wrong host, another site, or a server that only reads.",
    "404": "Not there.",
    "409": "The server has no usable corpus.",
    "413": "Too large.",
    "422": "A parameter, name, date or body that is not right.",
    "429": "Too many requests.",
    "500": "A fault of the server.",
    "501": "An optional part is not installed on the server.",
    "503": "Too busy, or a part of the server is missing.",
}
_TASK_CODES = {"504": "It takes longer than the server grants."}
_WRITE_CODES = {"401": "A token is needed, or this is a wrong one."}


def returns(
    name: str,
    *,
    paged: bool = False,
    task: bool = False,
    write: bool = False,
    media_types: Sequence[str] = ("application/json",),
) -> dict[int | str, dict[str, Any]]:
    """The responses of an address, for its decorator.

    Parameters
    ----------
    name : str
        Of the schema in `components`, and of the example in `data/examples.json`.
    paged, task, write : bool
        Whether it gives pages, takes long, needs a token.
    """
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=name)}}
    found: dict[int | str, dict[str, Any]] = {
        "200": {"description": "The answer.", "content": dict.fromkeys(media_types, content)}
    }
    if paged:
        found["200"]["headers"] = {
            "link": {"description": "Address of the next page, where there is one.", "schema": {"type": "string"}},
            "x-total-count": {"description": "Rows of all pages.", "schema": {"type": "integer"}},
        }
    if not (task or write):
        found["304"] = {"description": "As the client has it already (if-none-match)."}
    codes = {**_ERROR_CODES, **(_TASK_CODES if task else {}), **(_WRITE_CODES if write else {})}
    if task or write:
        codes = {**codes, "415": "A body of a kind that is not read.", "507": "There is no space left for the ledger."}
    error = {"application/json": {"schema": {"$ref": _REF.format(name="Error")}}}
    return found | {code: {"description": told, "content": error} for code, told in codes.items()}


@functools.cache
def components() -> dict[str, Any]:
    """All schemas by name."""
    from dejure.ledger import ActRecord, Contradiction, Count, Difference, Entry, Judgement, Standing
    from dejure.ledger.judgement import ReviewItem

    kinds = (Standing, Count, ActRecord, Contradiction, Difference, Entry, Judgement, ReviewItem, Coding, Reject)
    refs, found = msgspec.json.schema_components(kinds, ref_template=_REF)
    del refs
    entry_with_id = {"allOf": [_ref("Entry"), _object(id=_STRING)]}
    short_act = copy.deepcopy(found["ActRecord"])
    short_act["properties"]["entries"] = _list(_STRING)
    short_review = copy.deepcopy(found["ReviewItem"])
    short_review["properties"]["entries"] = _list(_STRING)
    named_standing = {"allOf": [_ref("Standing"), _object(name=_STRING)]}
    day = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    polity = _object(
        slug=_STRING, name=_STRING, kind=_STRING, capacity=_STRING, actor_id=_STRING, iso3=_OPEN, parent=_OPEN,
        disputed={"type": "boolean"}, **{"from": day, "to": day},
    )  # fmt: skip
    own = {
        "Error": _object(code=_STRING, what=_STRING, value=_OPEN, cure=_OPEN),
        "polity": polity, "polities": _list(_ref("polity")),
        "standings": _object(
            polity=_STRING, capacity=_STRING, on={"type": "string", "format": "date"}, known=day, recorded=_OPEN,
            series=_list({"type": "object"}), standings=_list(named_standing),
        ),
        "state_standings": _list(named_standing), "count": _ref("Count"),
        "claims": _list({"allOf": [_ref("ActRecord"), _object(entries=_list(entry_with_id))]}),
        "history": _list(short_act), "contradictions": _list(_ref("Contradiction")),
        "stories": _list(_object(
            story=_STRING, first=_OPEN, reports=_list(_ref("SourceReport")), acts=_list({"type": "object"})
        )),
        "entry": entry_with_id, "changes": _ref("Difference"), "review": _list(short_review),
        "board": _object(
            polity=_STRING, act_day=_STRING, window_end=_STRING, settings={"type": "object"},
            rows=_list(_object(state=_STRING, name=_STRING, position=_STRING, stance=_STRING)),
        ),
        "wave": _object(
            polity=_STRING, on=_STRING, verdict=_STRING, known_acts={"type": "integer"},
            horizons_days=_list({"type": "integer"}), likeliest=_list({"type": "object"}),
        ),
        "read": _ref("Coding"), "rows": _list({"type": "object"}), "events": _list(_object(event_id=_STRING)),
        "ingested": _object(
            reports={"type": "integer"}, acts={"type": "integer"}, added={"type": "integer"},
            rejects=_list(_ref("Reject")),
        ),
        "judged": {"allOf": [_ref("Judgement"), _object(id=_STRING)]},
        "methods": _object(
            dejure=_STRING, reference=_STRING, presets={"type": "object"}, series=_list({"type": "object"})
        ),
        "health": _object(
            status=_STRING, dejure=_STRING, ledger={"type": "boolean"}, head={"type": "integer"},
            corpus={"type": "boolean"}, writes={"type": "boolean"},
        ),
        "schema": {"type": "object"}, "text": _STRING, "file": {},
    }  # fmt: skip
    return {**found, **own}


def described(openapi: dict[str, Any]) -> dict[str, Any]:
    """A description of the interface with our schemas in it, and without those that nothing names."""
    schemas = openapi.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(components())
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for path in openapi["paths"].values():
        for operation in path.values():
            told = operation["responses"].get("422", {}).get("content", {}).get("application/json", {})
            if told:
                told["schema"] = _ref("Error")
            for content in operation["responses"]["200"].get("content", {}).values():
                name = content["schema"].get("$ref", "").rpartition("/")[2]
                if (example := _examples().get(name)) is not None:
                    content["example"] = example
    openapi["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return openapi


@functools.cache
def _examples() -> dict[str, Any]:
    file = resources.files("dejure.http").joinpath("data", "examples.json")
    found: dict[str, Any] = msgspec.json.decode(file.read_bytes()) if file.is_file() else {}
    return found


_STRING = {"type": "string"}
_OPEN = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": _REF.format(name=name)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(**properties: Any) -> dict[str, Any]:
    """An object that has at least these."""
    return {"type": "object", "properties": properties, "required": sorted(properties)}
