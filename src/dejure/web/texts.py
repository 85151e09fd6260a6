"""The words of the pages, from one table a language: `data/texts_LANGUAGE.toml`."""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from importlib import resources
from typing import Any

from dejure.errors import SettingsError

__all__ = ["Texts", "load_texts"]


class Texts:
    """The table of one language.

    Parameters
    ----------
    table : dict
        Nested tables of strings; a count has `one` and `other`.
    """

    def __init__(self, table: dict[str, Any]) -> None:
        self.table = table

    def __call__(self, key: str, /, **values: object) -> str:
        """The words under a key, with values set in.

        Raises
        ------
        KeyError
            If the table has no such words: a mistake in a template, found by the tests.
        """
        return str(self._at(key)).format(**values) if values else str(self._at(key))

    def number(self, key: str, count: int, /, **values: object) -> str:
        """The words for a number of things."""
        forms = self._at(key)
        return str(forms["one" if count == 1 else "other"]).format(n=count, **values)

    def of(self, key: str, name: str) -> str:
        """The words for a value of a record; the value itself where the table has none."""
        found = self._at(key).get(name)
        return str(found) if found is not None else name.replace("_", " ").replace("-", " ")

    def day(self, value: dt.date | None) -> str:
        """A day as people write it."""
        if value is None:
            return self("date.unknown")
        return self("date.day", day=value.day, month=self._at("date.months")[value.month - 1], year=value.year)

    def when(self, value: Any) -> str:
        """Days between which something lies, with the precision that the source gives.

        Parameters
        ----------
        value : Interval, When or None
            Anything with `earliest`, `latest` and `precision`.
        """
        if value is None or (value.earliest is None and value.latest is None):
            return self("date.unknown")
        first, last = value.earliest, value.latest
        if first is None:
            return self("date.until", last=self.day(last))
        if last is None:
            return self("date.from", first=self.day(first))
        if first == last:
            return self.day(first)
        if value.precision == "year" and first.year == last.year:
            return str(first.year)
        if value.precision == "month" and (first.year, first.month) == (last.year, last.month):
            return self("date.month", month=self._at("date.months")[first.month - 1], year=first.year)
        if (first.year, first.month) == (last.year, last.month):
            month = self._at("date.months")[first.month - 1]
            return self("date.days_of_month", first=first.day, last=last.day, month=month, year=first.year)
        begins = self.day(first) if first.year != last.year else self._day_of_year(first)
        return self("date.between", first=begins, last=self.day(last))

    def _day_of_year(self, value: dt.date) -> str:
        return self("date.day_of_year", day=value.day, month=self._at("date.months")[value.month - 1])

    def _at(self, key: str) -> Any:
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        return found


@functools.cache
def load_texts(language: str = "en") -> Texts:
    """The table of a language.

    Raises
    ------
    SettingsError
        If there is none.
    """
    place = resources.files("dejure.web").joinpath("data", f"texts_{language}.toml")
    if not place.is_file():
        raise SettingsError("there are no texts in this language", value=language, cure="choose en")
    return Texts(tomllib.loads(place.read_text(encoding="utf-8")))
