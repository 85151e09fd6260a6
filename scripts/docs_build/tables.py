"""Settings, errors and the codebook as Markdown, from the code and the ontology."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

_VOCABULARY = Path(__file__).parent / "vocabulary.toml"


def undocumented() -> list[str]:
    """Settings, errors and words of records that nothing tells of, and words told that no record has."""
    from dejure import errors
    from dejure.cli.main import EXIT_MEANINGS
    from dejure.settings import Settings

    told = parameters_of(Settings)
    missing = [f"setting {one.name}" for one in fields(Settings) if not told.get(one.name)]
    missing += [f"error {one.__name__}" for one in _errors() if not inspect.getdoc(one)]
    missing += [f"exit code of error {one.__name__}" for one in _errors() if one.code not in errors.EXIT_CODES]
    missing += [f"meaning of exit code {code}" for code in set(errors.EXIT_CODES.values()) - EXIT_MEANINGS.keys()]
    vocabulary = _vocabulary()
    for name, words in _words().items():
        missing += [f"word {word} of {name}" for word in sorted(words - vocabulary[name].keys())]
        missing += [f"word {word} of {name}, which is none" for word in sorted(vocabulary[name].keys() - words)]
    return missing


def parameters_of(kind: type) -> dict[str, str]:
    """What the docstring of a class says of each parameter, in NumPy form."""
    text = inspect.getdoc(kind) or ""
    body = text.partition("Parameters\n----------\n")[2].partition("\n\n")[0]
    found: dict[str, str] = {}
    names: list[str] = []
    for line in body.splitlines():
        if line and not line.startswith(" "):
            names = [name.strip() for name in line.partition(" : ")[0].split(",")]
            found.update(dict.fromkeys(names, ""))
        else:
            for name in names:
                found[name] = f"{found[name]} {line.strip()}".strip()
    return found


def settings_page() -> str:
    """The page of settings."""
    from dejure.settings import Settings

    told = parameters_of(Settings)
    rows = [
        (f"`{one.name}`", f"`DEJURE_{one.name.upper()}`", f"`{one.default!r}`", told[one.name])
        for one in fields(Settings)
    ]
    return (
        "# Settings\n\nEach can be given in Python, `dejure.Settings(...)`, or as a variable of the environment. "
        "`dejure doctor` lists\nthose in force. Options of the command line win.\n\n"
        + _table(("in Python", "variable", "default", "meaning"), rows)
        + "\n`DEJURE_DEBUG=1` shows where an unforeseen failure happened.\n"
    )


def errors_page() -> str:
    """The page of errors: class, code, exit code, HTTP status."""
    from dejure.cli.main import EXIT_MEANINGS
    from dejure.errors import EXIT_CODES, HTTP_STATUS

    rows = [
        (f"`{one.__name__}`", f"`{one.code}`", EXIT_CODES[one.code], HTTP_STATUS[one.code], _first(one))
        for one in _errors()
    ]
    codes = [(code, meaning) for code, meaning in sorted(EXIT_MEANINGS.items())]
    return (
        "# Errors and exit codes\n\nEvery error says what happened, which value did it and how to mend it.\n\n"
        + _table(("error", "code", "exit code", "HTTP status", "when"), rows)
        + "\n## Exit codes\n\n"
        + _table(("code", "meaning"), codes)
        + "\nThe rows of rejects: [Exit codes](../exit-codes.md).\n"
    )


def codebook_page() -> str:
    """The codebook: every word that a record or an answer may hold."""
    from dejure.reference.codebook import codebook_text
    from dejure.reference.ontology import load_ontology

    told, ontology = _vocabulary(), load_ontology()
    parts = [
        "# Codebook\n\nEvery word that a record or an answer may hold, from the code and from the ontology that "
        "the coder itself uses.\n",
    ]
    for name, (title, opening) in _TITLES.items():
        rows = [(f"`{word}`", meaning) for word, meaning in told[name].items()]
        parts.append(f"## {title}\n\n{opening}\n\n{_table(('word', 'meaning'), rows)}")
    parts.append(
        "## Events\n\nThe 16 types of PLOVER 2.0. Intensities go from −10, conflict, to 10, cooperation; a mode has "
        "its own. CAMEO is our own map. `dejure codebook` prints the same.\n"
    )
    parts.append(codebook_text(form="md"))
    quads = [(number, f"{name.lower()}", told["quad"][str(number)]) for number, name in ontology.quads.items()]
    parts.append("### Quads\n\n" + _table(("code", "name", "meaning"), quads))
    parts.append("### Sectors\n\n" + ", ".join(f"`{one}`" for one in ontology.sectors) + "\n")
    return "\n".join(parts)


def datasets_page() -> str:
    """The page of the data sets of a corpus: every column, its kind, unit and meaning."""
    from dejure.corpus.columns import load_datasets

    parts = ["# Data sets\n\nWhat `dejure corpus run` writes as Parquet, and `dejure corpus query` reads in SQL.\n"]
    for one in load_datasets().values():
        rows = [(f"`{column.name}`", column.kind, column.unit, column.meaning) for column in one.columns]
        parts.append(f"## {one.name}\n\n{one.title}.\n\n" + _table(("column", "kind", "unit", "meaning"), rows))
    return "\n".join(parts)


_TITLES = {
    "act": ("Acts of recognition", "`act` of a record of `recognition`; the rules are those of the README."),
    "manner": ("Manner", "`manner` of an act; null mostly."),
    "kind": ("Kind", "`kind` of an act; null where the words do not say."),
    "capacity": ("Capacity", "As what somebody is recognised."),
    "stance": ("Stances", "`stance` of a record of `statements`."),
    "silence": ("Silences", "`kind` of a record of `silences`."),
    "background": ("Background claims", "`claim` of a record of `background`."),
    "standing": ("Standings", "Where a pair stands on a day; [the rules](../ledger.md)."),
    "announced": ("Announced", "What is to come of a pair."),
    "basis": ("Basis", "By which right a recognition counts."),
}


def _words() -> dict[str, set[str]]:
    """The words that the code allows, by the table of the vocabulary that tells them."""
    from dejure import records
    from dejure.ledger import standing
    from dejure.reference.ontology import load_ontology

    ontology = load_ontology()
    literals: dict[str, Any] = {
        "act": records.Act, "manner": records.Manner, "kind": records.Kind, "capacity": records.Capacity,
        "stance": records.Stance, "silence": records.SilenceKind, "background": records.Claim,
        "standing": standing.StandingName, "announced": standing.Announced, "basis": standing.Basis,
    }  # fmt: skip
    found = {name: set(get_args(literal)) for name, literal in literals.items()}
    return {**found, "event": set(ontology.types), "quad": {str(number) for number in ontology.quads}}


def _vocabulary() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(_VOCABULARY.read_text(encoding="utf-8"))
    return found


def _errors() -> list[Any]:
    from dejure import errors

    found = [getattr(errors, name) for name in errors.__all__]
    return [one for one in found if isinstance(one, type)]


def _first(kind: type) -> str:
    return re.split(r"\n\s*\n", inspect.getdoc(kind) or "")[0]


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(
        f"| {' | '.join(' '.join(str(cell).replace('|', chr(92) + '|').split()) for cell in line)} |\n"
        for line in lines
    )
