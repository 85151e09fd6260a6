"""What is done in a process of its own, since it takes long, needs heavy libraries, or reads what strangers send.

`python -m dejure.serving.tasks` takes a task a line on standard input, `{"task", "given"}`, and answers with a line,
`{"done"}` or `{"error"}`. It ends with its input.
"""

from __future__ import annotations

import base64
import datetime as dt
import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dejure.errors import DejureError, InputTooLarge
from dejure.records import Coding, Reject
from dejure.settings import Settings

__all__ = ["TASKS", "main"]

_MEMORY = "this takes more memory than the server grants"


def read_reports(given: dict[str, Any]) -> list[dict[str, Any]]:
    """Codings of reports, each `{"coding"}` or `{"reject"}`.

    Parameters
    ----------
    given : dict
        `reports`: mappings with the keys of a JSON line; `model`; `characters`, the most of one report.
    """
    from dejure.reader import read_many

    return [_told(one) for one in read_many(given["reports"], settings=_settings(given))]


def read_bytes(given: dict[str, Any]) -> list[dict[str, Any]]:
    """Codings of what bytes hold; `data` in base64, `form` text or html, `published`, `model`, `characters`."""
    from dejure.reader import code_each
    from dejure.sources import open_reports

    settings = _settings(given)
    published = dt.date.fromisoformat(given["published"]) if given["published"] else None
    stream = io.BytesIO(base64.b64decode(given["data"]))
    reports = open_reports(["-"], input_format=given["form"], published=published, settings=settings, stdin=stream)
    return [_told(one) for _, one in code_each(reports, settings)]


def _told(one: Coding | Reject) -> dict[str, Any]:
    """A coding, or why there is none; one that met the limit of memory is too large, and no fault of ours."""
    if not isinstance(one, Reject):
        return {"coding": one}
    if one.code == "error" and (one.value or "").startswith("MemoryError"):
        error = InputTooLarge(_MEMORY, cure="split it")
        return {"reject": replace(one, code=error.code, what=error.what, value=None, cure=error.cure)}
    return {"reject": one}


def _settings(given: dict[str, Any]) -> Settings:
    most = given["characters"]
    settings = replace(Settings.from_environment(), max_characters=most, max_bytes=max(4 * most, 2_000_000))
    return replace(settings, model=given["model"]) if given.get("model") else settings


def explain_report(given: dict[str, Any]) -> list[dict[str, Any]]:
    """Why the acts of a report are what they are: the rules behind each; `report`, keys of a JSON line."""
    from dejure.coding.recognition.explain import explain_report as explained
    from dejure.sources import report_from_mapping

    settings = Settings.from_environment()
    report = report_from_mapping(given["report"], source="a report of the ledger", settings=settings)
    return [{"told": one.told, "words": one.words, "act": one.act, "flag": one.flag, "date": one.date,
             "lost": list(one.lost)} for one in explained(report, settings)]  # fmt: skip


def frame_file(given: dict[str, Any]) -> dict[str, Any]:
    """Title, body and day of a file that a stranger sends, by what is in it; `content` in base 64, `characters`."""
    from dejure.sources import read_html, read_text
    from dejure.sources.html import looks_like_html

    content = base64.b64decode(given["content"])
    reads = read_html if looks_like_html(content[:2000].decode("latin-1")) else read_text
    report = reads(content, source="a file", settings=_settings(given))
    return {"title": report.title, "body": report.body, "published": report.published}


def forecast(given: dict[str, Any]) -> dict[str, Any]:
    """The answer of a wave; `location` of the ledger, `polity`, `on`."""
    from dejure.analysis.records_in import series_of_ledger
    from dejure.analysis.states import state_system
    from dejure.analysis.wave import ask_wave
    from dejure.ledger import open_ledger

    day = dt.date.fromisoformat(given["on"])
    with open_ledger(given["location"]) as ledger:
        more = series_of_ledger(ledger, given["polity"], day, state_system())
    return ask_wave(given["polity"], day, more=more).to_dict()


def export(given: dict[str, Any]) -> int:
    """Write entries to a file; `location` of the ledger, `file`, `form`, `history`."""
    from dejure.ledger import open_ledger
    from dejure.ledger.export import export_entries, write_export

    with open_ledger(given["location"]) as ledger:
        entries = export_entries(ledger.store, with_history=given["history"] or ledger.store is None)
        return write_export(Path(given["file"]), entries, given["form"])


def panel(given: dict[str, Any]) -> int:
    """Write a panel to a file; `location`, `file`, `polities`, `first`, `last`, `known`."""
    from dejure.ledger import open_ledger
    from dejure.ledger.export import write_table
    from dejure.ledger.panel import PANEL_COLUMNS
    from dejure.ledger.panel import panel as rows_of

    known = dt.date.fromisoformat(given["known"]) if given["known"] else None
    with open_ledger(given["location"]) as ledger:
        rows = rows_of(ledger, tuple(given["polities"]), given["first"], given["last"], known=known)
        return write_table(Path(given["file"]), rows, PANEL_COLUMNS)


TASKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "read": read_reports, "read-bytes": read_bytes, "explain": explain_report, "frame": frame_file, "wave": forecast,
    "export": export, "panel": panel,
}  # fmt: skip


def main(source: BinaryIO, out: BinaryIO) -> None:
    """Do the tasks that come in, one after the other."""
    for line in source:
        asked = msgspec.json.decode(line)
        try:
            answer = msgspec.json.encode({"done": TASKS[asked["task"]](asked["given"])})
        except DejureError as error:
            answer = msgspec.json.encode({"error": error.to_dict()})
        except MemoryError:
            told = InputTooLarge(_MEMORY, cure="ask for less")
            answer = msgspec.json.encode({"error": told.to_dict()})
        except Exception as error:
            # A fault of ours with one input must not end the process; only its kind is told to the client.
            print(f"dejure: {asked['task']}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            fault = DejureError("an unforeseen failure", value=type(error).__name__, cure="please report it")
            answer = msgspec.json.encode({"error": fault.to_dict()})
        out.write(answer + b"\n")
        out.flush()


def _limit_memory(most: int) -> None:
    if most:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


if __name__ == "__main__":
    _limit_memory(int(sys.argv[1]))
    answers = sys.stdout.buffer
    # What a library prints must not stand among the answers.
    sys.stdout = sys.stderr
    main(sys.stdin.buffer, answers)
