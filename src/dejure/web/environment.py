"""The templates and what they may use. All that comes from outside is escaped, and what hides in it is shown."""

from __future__ import annotations

import datetime as dt
import functools
import json
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dejure.ledger.parties import name_of, polity_of
from dejure.reference.tables import load_polities
from dejure.version import __version__
from dejure.web.address import address, link_of
from dejure.web.highlight import safe_text
from dejure.web.static_files import address_of
from dejure.web.texts import load_texts

__all__ = ["environment"]


@functools.cache
def environment(language: str = "en") -> Environment:
    """The environment of a language."""
    made = Environment(
        loader=PackageLoader("dejure.web", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, finalize=_shown,
    )  # fmt: skip
    texts = load_texts(language)
    made.globals.update(
        t=texts, language=language, version=__version__, static=address_of, address=address, link_of=link_of,
        name_of=_name, slug_of=_slug_of, act_sentence=_act_sentence, names=_names,
    )  # fmt: skip
    made.filters.update(day=texts.day, when=texts.when, spec=_spec, instant=_instant, percent=_percent)
    return made


def _shown(value: Any) -> Any:
    """Every value that a template sets in passes here before it is escaped."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else safe_text(value)


def _name(id_: str | None) -> str:
    """The usual name; a demand may be addressed to nobody in particular."""
    return name_of(id_) if id_ else load_texts()("site.nobody")


def _slug_of(id_: str) -> str:
    """The slug of an actor, for the address of its page as a polity; the id where it has none."""
    polity = load_polities().get(id_) or polity_of(id_, None)
    return polity.slug if polity else id_


def _names(ids: Any) -> str:
    return ", ".join(name_of(one) for one in ids)


def _act_sentence(act: str, actor: str, polity: str) -> Markup:
    """What one did towards a polity, as a sentence; each name is isolated, whatever way it is written."""
    pattern = Markup(load_texts().of("act_sentence", act))  # noqa: S704  our own words
    isolated = [Markup("<bdi>{}</bdi>").format(safe_text(name)) for name in (actor, polity)]
    return pattern.format(actor=isolated[0], polity=isolated[1])


def _spec(value: Any) -> Markup:
    """A chart for a data block, so written that it cannot end the block."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _instant(value: dt.datetime) -> str:
    return f"{value.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


def _percent(value: float) -> str:
    share = 100 * value
    return f"{share:.1f}" if share < 10 else f"{share:.0f}"
