"""The codebook: what each event type, mode, context and auxiliary mode covers, joined to the ontology's own figures.

One function serves the command line and the documentation: `codebook_text`. Texts stand in `data/codebook.toml`.
"""

from __future__ import annotations

import functools
import json
import textwrap
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any, Literal

from dejure.errors import ReferenceTableError
from dejure.reference.ontology import EventType, load_ontology

__all__ = ["CODEBOOK_FORMATS", "CodebookFormat", "codebook_entries", "codebook_text", "missing_texts"]

CodebookFormat = Literal["text", "md", "json"]
CODEBOOK_FORMATS: tuple[CodebookFormat, ...] = ("text", "md", "json")
#: What every type must tell of.
_PARTS = ("definition", "counts", "not", "examples", "neighbours")
_WIDTH = 100


def codebook_entries(event_type: str | None = None) -> dict[str, Any]:
    """The codebook as plain data, with types in the order of the ontology.

    Parameters
    ----------
    event_type : str, optional
        This type alone, in any case of letters; contexts, auxiliary modes and decisions are then left out.

    Raises
    ------
    ReferenceTableError
        If there is no such type.
    """
    ontology, texts = load_ontology(), _texts()
    if event_type is not None:
        return {"types": [_entry(_named(event_type), texts)]}
    return {
        "types": [_entry(one, texts) for one in ontology.types.values()],
        "auxiliary": [_told(name, row) for name, row in texts["auxiliary"].items()],
        "contexts": [{"name": name, "meaning": texts["contexts"][name]} for name in ontology.contexts],
        "quads": [{"code": code, "name": name} for code, name in ontology.quads.items()],
        "decisions": list(ontology.notes),
    }


def codebook_text(event_type: str | None = None, form: CodebookFormat = "text") -> str:
    """The codebook as text for a terminal, as Markdown or as JSON; ends in one line break.

    Parameters
    ----------
    event_type : str, optional
        This type alone.
    form : {"text", "md", "json"}
        How it is laid out.

    Raises
    ------
    ReferenceTableError
        If there is no such type.
    """
    entries = codebook_entries(event_type)
    if form == "json":
        return json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
    lines = _markdown(entries) if form == "md" else _plain(entries)
    return "\n".join(lines).strip("\n") + "\n"


def missing_texts() -> list[str]:
    """What the ontology has and the codebook does not tell, or the codebook tells and no ontology has."""
    ontology, texts = load_ontology(), _texts()
    missing = []
    for one in ontology.types.values():
        row = texts["types"].get(one.name, {})
        missing += [f"{one.name}: {part}" for part in _PARTS if not row.get(part)]
        missing += [f"{one.name}: neighbour {name}" for name in row.get("neighbours", {}) if name not in ontology.types]
        told = texts["modes"].get(one.name, {})
        missing += [f"{one.name} {mode}" for mode in sorted(one.modes.keys() ^ told.keys())]
        missing += [f"{one.name} {mode}: text or example" for mode, row in told.items() if len(row) != 2 or "" in row]
    missing += sorted(texts["types"].keys() - ontology.types.keys())
    missing += sorted(set(ontology.contexts) ^ texts["contexts"].keys())
    return missing


@functools.cache
def _texts() -> dict[str, Any]:
    raw = resources.files("dejure.reference").joinpath("data/codebook.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def _named(event_type: str) -> EventType:
    types = load_ontology().types
    try:
        return types[event_type.upper()]
    except KeyError:
        raise ReferenceTableError(
            "there is no such event type", value=event_type, cure=f"choose one of {', '.join(types)}"
        ) from None


def _entry(one: EventType, texts: dict[str, Any]) -> dict[str, Any]:
    row = texts["types"][one.name]
    return {
        "name": one.name,
        "definition": row["definition"],
        "quad_code": one.quad,
        "quad": load_ontology().quads[one.quad],
        "intensity": one.score,
        "cameo": one.cameo,
        "recipient": "required" if one.needs_recipient else "optional",
        "counts": row["counts"],
        "does_not_count": row["not"],
        "examples": row["examples"],
        "modes": [
            {**_told(mode.name, texts["modes"][one.name][mode.name]), "intensity": mode.score, "cameo": mode.cameo}
            for mode in one.modes.values()
        ],
        "neighbours": [{"name": name, "difference": words} for name, words in row["neighbours"].items()],
    }


def _told(name: str, row: list[str]) -> dict[str, str]:
    return {"name": name, "meaning": row[0], "example": row[1]}


# -- text for a terminal ----------------------------------------------------------------------------------------------


def _plain(entries: dict[str, Any]) -> Iterator[str]:
    for one in entries["types"]:
        yield from (one["name"], "=" * len(one["name"]))
        yield from _wrapped(one["definition"], "")
        yield (
            f"quad {one['quad_code']} ({one['quad'].lower()}), intensity {one['intensity']:g}, CAMEO {one['cameo']}, "
            + (f"recipient {one['recipient']}")
        )
        for title, key in (("Counts", "counts"), ("Does not count", "does_not_count"), ("Examples", "examples")):
            yield from _listed(title, one[key])
        modes = [f"{m['name']} ({m['intensity']:g}): {m['meaning']} “{m['example']}”" for m in one["modes"]]
        yield from _listed("Modes", modes)
        yield from _listed("Neighbours", [f"{n['name']}: {n['difference']}" for n in one["neighbours"]])
        yield ""
    if "contexts" not in entries:
        return
    yield from _listed(
        "Auxiliary modes", [f"{a['name']}: {a['meaning']} “{a['example']}”" for a in entries["auxiliary"]]
    )
    yield from _listed("Contexts", [f"{c['name']}: {c['meaning']}" for c in entries["contexts"]])
    yield from _listed("Where the manual contradicts itself, and what we decide", entries["decisions"])


def _listed(title: str, rows: list[str]) -> Iterator[str]:
    if rows:
        yield from ("", title)
        for row in rows:
            yield from _wrapped(row, "  - ")


def _wrapped(text: str, begin: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=begin, subsequent_indent=" " * len(begin))


# -- Markdown ---------------------------------------------------------------------------------------------------------


def _markdown(entries: dict[str, Any]) -> Iterator[str]:
    for one in entries["types"]:
        yield from (f"### {one['name']}", "", one["definition"], "")
        yield (
            f"Quad {one['quad_code']}, {one['quad'].lower()}. Intensity {one['intensity']:g}. CAMEO {one['cameo']}. "
            f"Recipient {one['recipient']}."
        )
        for title, key in (("Counts:", "counts"), ("Does not count:", "does_not_count"), ("Examples:", "examples")):
            yield from ("", title, "", *(f"- {row}" for row in one[key]))
        if one["modes"]:
            yield from ("", "| mode | meaning | example | intensity | CAMEO |", "| --- | --- | --- | --- | --- |")
            for m in one["modes"]:
                yield f"| `{m['name']}` | {m['meaning']} | {m['example']} | {m['intensity']:g} | {m['cameo']} |"
        yield from ("", "Neighbours:", "", *(f"- {n['name']}: {n['difference']}" for n in one["neighbours"]), "")
    if "contexts" not in entries:
        return
    yield from ("### Auxiliary modes", "", "| mode | meaning | example |", "| --- | --- | --- |")
    yield from (f"| `{a['name']}` | {a['meaning']} | {a['example']} |" for a in entries["auxiliary"])
    yield from ("", "### Contexts", "", "| context | meaning |", "| --- | --- |")
    yield from (f"| `{c['name']}` | {c['meaning']} |" for c in entries["contexts"])
    yield from ("", "### Where the manual contradicts itself", "", *(f"- {row}" for row in entries["decisions"]))
