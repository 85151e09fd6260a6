"""What a watch writes: a digest of each day in Markdown and JSON, an Atom feed; all from the state."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dejure.ledger.parties import name_of
from dejure.version import __version__
from dejure.watch.news import Held, News, Stand, Words
from dejure.watch.state import State, replace_file

__all__ = ["atom", "change_text", "digest", "hook_body", "markdown", "write_outputs"]

ATOM_NAME = "changes.atom"
_ATOM = "http://www.w3.org/2005/Atom"
_MOST_ENTRIES = 100
# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a feed calls a link may be anything, a script too.
_LINK = re.compile(r"https?://[^\s<>\"'\\]+", re.I)
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write_outputs(state: State, folder: Path, today: dt.date) -> None:
    """Write the feed and today's digest, and that of an earlier day if a kill left it without its last changes."""
    files = {ATOM_NAME: atom(state)}
    for day in sorted({today, *(one.told_at.date() for one in state.news[-1:])}):
        if day < today and _is_written(folder / f"digest-{day}.json", state, day):
            continue
        told = digest(state, day, is_today=day == today)
        files[f"digest-{day}.md"] = markdown(state, day, is_today=day == today).encode()
        files[f"digest-{day}.json"] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    for name, data in files.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != data:
            replace_file(path, data)


def _is_written(path: Path, state: State, day: dt.date) -> bool:
    try:
        there = {one["id"] for one in json.loads(path.read_bytes())["changes"]}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return there >= {one.id for one in state.news if one.told_at.date() == day}


def digest(state: State, day: dt.date, *, is_today: bool = True) -> dict[str, Any]:
    """What happened on a day: changes and inputs that could not be read; of today also what is held, or fails."""
    feeds = [{"feed": name, "failure": one.failure} for name, one in sorted(state.feeds.items()) if one.failure]
    return {
        "schema": 1,
        "day": day.isoformat(),
        "changes": [_plain(one) for one in state.news if one.told_at.date() == day],
        "held": [_plain(one) for one in state.held.values()] if is_today else [],
        "rejects": [one.reject.to_dict() for one in state.rejects if one.day == day],
        "feeds": feeds if is_today else [],
        "undelivered": list(state.undelivered) if is_today else [],
    }


def hook_body(news: News) -> bytes:
    """What is posted of a change; the same bytes at every try."""
    return json.dumps({"schema": 1, "type": "change", **_plain(news)}, ensure_ascii=False, sort_keys=True).encode()


def markdown(state: State, day: dt.date, *, is_today: bool = True) -> str:
    """The digest of a day for people."""
    changes = [one for one in state.news if one.told_at.date() == day]
    lines = [f"# Who recognises whom: changes told on {day}", ""]
    lines += [line for one in changes for line in _section(one)] or ["Nothing changed.", ""]
    if is_today and state.held:
        told = "See them with `dejure ledger review`, decide with `dejure ledger judge`."
        lines += ["## Held for review", "", told, ""]
        lines += [f"- {_escaped(_held_text(one))}" for one in state.held.values()] + [""]
    failing = [(name, one.failure) for name, one in sorted(state.feeds.items()) if one.failure and is_today]
    rejects = [one.reject for one in state.rejects if one.day == day]
    if failing or rejects:
        lines += ["## Not read", ""]
        lines += [f"- {_escaped(f'{name}: {failure}')}" for name, failure in failing]
        lines += [f"- {_escaped(f'{one.source}: {one.what}')}" for one in rejects] + [""]
    if state.undelivered and is_today:
        lines += ["## Refused by the webhook", "", *(f"- {one}" for one in state.undelivered), ""]
    return "\n".join(lines).rstrip() + "\n"


def change_text(recogniser: str, recognised: str, before: Stand, after: Stand) -> str:
    """A change in one line."""
    parts = []
    if before.standing != after.standing:
        parts.append(f"{_words(before.standing)} → {_words(after.standing)}")
    elif before.certainty != after.certainty:
        parts.append(f"{_words(after.standing)}, {before.certainty} → {after.certainty}")
    if before.announced != after.announced:
        parts.append(f"announced: {before.announced} → {after.announced}")
    if before.dispute != after.dispute:
        parts.append(f"dispute: {before.dispute} → {after.dispute}")
    return f"{recogniser} on {recognised}: {'; '.join(parts)}"


def atom(state: State) -> bytes:
    """The last changes as an Atom feed, the newest first."""
    news = state.news[-_MOST_ENTRIES:][::-1]
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"urn:uuid:{state.id}")
    _add(feed, "title", "Who recognises whom: changes")
    _add(feed, "updated", _stamp(news[0].told_at if news else state.begun))
    _add(_add(feed, "author"), "name", "dejure")
    _add(feed, "generator", "dejure", version=__version__)
    for one in news:
        entry = _add(feed, "entry")
        _add(entry, "id", f"urn:uuid:{uuid.uuid5(uuid.UUID(state.id), one.id)}")
        _add(entry, "title", _news_text(one))
        _add(entry, "updated", _stamp(one.told_at))
        url = next((words.url for words in one.words if words.url and _LINK.fullmatch(words.url)), None)
        if url:
            _add(entry, "link", href=url)
        told = [_basis_text(one), *(f"{_words_text(words)} {words.url or ''}".rstrip() for words in one.words)]
        _add(entry, "content", "\n".join(told), type="text")
    ElementTree.indent(feed)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"


def _section(one: News) -> list[str]:
    lines = [f"## {_escaped(_news_text(one))}", "", _escaped(_basis_text(one)), ""]
    for words in one.words:
        link = f" <{words.url}>" if words.url and _LINK.fullmatch(words.url) else ""
        lines += [f"- {_escaped(_words_text(words))}{link}"]
    return [*lines, ""] if one.words else lines


def _news_text(one: News) -> str:
    return change_text(one.recogniser_name, one.recognised_name, one.before, one.after)


def _held_text(one: Held) -> str:
    told = change_text(name_of(one.recogniser), name_of(one.recognised), one.before, one.after)
    return f"{told} ({', '.join(one.reasons)}; since {one.since})"


def _basis_text(one: News) -> str:
    if one.act is None:
        return "Evidence was taken back, corrected or judged."
    parts = [f"{one.act} as {one.capacity}", f"dated {one.date}" if one.date else "undated"]
    parts.append(f"{one.stories} {'story' if one.stories == 1 else 'stories'}")
    if one.confidence is not None:
        parts.append(f"confidence {one.confidence:.2f}")
    if one.verdict:
        parts.append(f"judged: {one.verdict}")
    return ", ".join(parts)


def _words_text(words: Words) -> str:
    told = ", ".join(str(part) for part in (words.publisher, words.published) if part)
    return f"“{words.quote}” ({told or words.report})"


def _words(standing: str) -> str:
    return standing.replace("_", " ")


def _escaped(text: str) -> str:
    """A line of Markdown that says what the text says: no markup of a report gets through."""
    return _MARKUP.sub(r"\\\1", _NOT_XML.sub("\ufffd", " ".join(text.split())))


def _plain(record: Any) -> dict[str, Any]:
    plain: dict[str, Any] = record.to_dict()
    for name in ("told_at", "instant"):
        if name in plain:
            plain[name] = _stamp(getattr(record, name))
    return plain


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    safe = {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", safe)
    element.text = None if text is None else _NOT_XML.sub("\ufffd", text)
    return element
