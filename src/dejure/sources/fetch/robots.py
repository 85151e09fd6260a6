"""robots.txt, as RFC 9309 has it: the groups of our name, else those of all; the longest rule that fits decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

__all__ = ["ROBOTS_BYTES", "Robots", "parse_robots"]

#: What lies beyond is not read.
ROBOTS_BYTES = 512_000
_RULES = ("allow", "disallow")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host lets us ask for.

    Parameters
    ----------
    rules : tuple of (str, bool)
        Pattern of a path, and whether it is allowed.
    delay : float or None
        `Crawl-delay` in seconds, where it is given.
    """

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be asked for."""
        normal = _normal(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, normal)]
        # Where two are equally long, the one that allows wins.
        return max(fitting)[1] if fitting else True


def parse_robots(data: bytes, user_agent: str) -> Robots:
    """The rules that hold for us.

    Parameters
    ----------
    data : bytes
        The file; what lies beyond 500 KiB is not read.
    user_agent : str
        Our name, such as `dejure/1.0`; the part before `/` is looked for.
    """
    name = _product(user_agent)
    groups: dict[str, list[tuple[str, str]]] = {}
    agents: list[str] = []
    in_rules = False
    for line in data[:ROBOTS_BYTES].decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.split("#", 1)[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [_product(value)] if in_rules else [*agents, _product(value)]
            in_rules = False
            groups.setdefault(agents[-1], [])
        elif key in (*_RULES, "crawl-delay"):
            in_rules = True
            for agent in agents:
                groups[agent].append((key, value))
    chosen = groups.get(name, groups.get("*", []))
    rules = tuple((_normal(value), key == "allow") for key, value in chosen if key in _RULES and value)
    return Robots(rules, _delay([value for key, value in chosen if key == "crawl-delay"]))


def _product(value: str) -> str:
    return re.split(r"[/\s]", value.strip(), maxsplit=1)[0].lower()


def _delay(values: list[str]) -> float | None:
    numbers = [float(value) for value in values if re.fullmatch(r"\d{1,6}(?:\.\d{1,6})?", value)]
    return max(numbers, default=None)


def _normal(path: str) -> str:
    """One spelling of a path: needless escapes undone, letters beyond ASCII escaped."""

    def undo(found: re.Match[str]) -> str:
        letter = chr(int(found.group(1), 16))
        return letter if letter in _UNRESERVED else found.group().upper()

    return _ESCAPE.sub(undo, quote(path, safe="".join(map(chr, range(0x21, 0x7F)))))


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says; `*` stands for anything, `$` at the end for the end."""
    is_whole = pattern.endswith("$")
    first, *others = (pattern[:-1] if is_whole else pattern).split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(others, start=1):
        if is_whole and number == len(others):
            return path.endswith(part) and len(path) - len(part) >= at
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return not is_whole or at == len(path)
