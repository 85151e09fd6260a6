"""`names.csv`: what reports call the polities, in English first and in seven other languages.

Two kinds of hand-kept files feed it. In `names_<kind of polity>.csv` a row is a polity and a column a kind of name; a
cell lists names with `|`, and `~` after a name marks it ambiguous. `+s` among the demonyms stands for the first
adjective and its plural in s, `=` for the first adjective itself. `names_dated.csv` holds single names with a period
or a note; it wins over the first kind. `names_other_languages.csv` is a row a polity and a column a language, and adds
to the names that CLDR gives; there `^` after a name marks a capital and `#` a seat. `ambiguous_names.csv` marks names
of CLDR. Each name with an apostrophe is written with the straight and with the curved one.
"""

from __future__ import annotations

from collections.abc import Iterator

from . import polities
from .tables import Inputs, Row, SourceError, checked_date, checked_slug, in_order, read_table

COLUMNS = ("name", "lang", "kind", "target", "from", "to", "ambiguous", "note")
LANGUAGES = ("es", "fr", "de", "pt", "ru", "ar", "zh")
LISTED_KINDS = (
    "name",
    "official",
    "alias",
    "abbreviation",
    "adjective",
    "demonym",
    "capital",
    "historical",
    "misspelling",
)
KINDS = (*LISTED_KINDS, "seat", "plural")
CLDR_TARGETS = {
    "TWN": "taiwan-roc",
    "PSE": "palestine",
    "XKX": "kosovo",
    "COK": "cook-islands",
    "NIU": "niue",
    "ESH": "sahrawi-republic",
}
MARKS = {"^": "capital", "#": "seat"}
Key = tuple[str, str, str, str]


def name_row(name: str, language: str, kind: str, target: str, ambiguous: bool = False) -> Row:
    """A row without a period."""
    return dict(zip(COLUMNS, (name, language, kind, target, "", "", "1" if ambiguous else "0", ""), strict=True))


def listed(cell: str) -> Iterator[tuple[str, bool]]:
    """Names of a cell and whether each is ambiguous."""
    for item in filter(None, cell.split("|")):
        yield item.rstrip("~"), item.endswith("~")


def spelled(cell: str, adjectives: str) -> str:
    """A demonym cell with `+s` and `=` written out."""
    first = adjectives.split("|")[0]
    short = {"+s": f"{first}|{first}s", "=": first}
    return "|".join(short.get(item, item) for item in cell.split("|"))


def from_lists(inputs: Inputs) -> Iterator[Row]:
    """Names of the files with one polity a row."""
    for kind in polities.KINDS:
        for row in inputs.hand(f"names_{kind}.csv"):
            row["demonym"] = spelled(row["demonym"], row["adjective"])
            for column in LISTED_KINDS:
                for name, ambiguous in listed(row[column]):
                    yield name_row(name, "en", column, row["slug"], ambiguous)


def from_dated(inputs: Inputs) -> Iterator[Row]:
    """Single names with a period or a note."""
    for row in inputs.hand("names_dated.csv"):
        yield row | {"ambiguous": row["ambiguous"] or "0"}


def from_cldr(inputs: Inputs, targets: dict[str, str]) -> Iterator[Row]:
    """Names of CLDR; a form that is only short or a variant is an alias. A territory's name is an ambiguous alias."""
    doubtful = {(row["lang"], row["name"]) for row in inputs.hand("ambiguous_names.csv")}
    for row in read_table(inputs.shared / "actors/cldr_country_names.csv"):
        if row["iso3"] not in targets:
            continue
        target, territory = targets[row["iso3"]], row["iso3"] == "ESH"
        kind = "name" if "name" in row["form"].split("|") and not territory else "alias"
        name = row["name"].replace("\u200b", "").strip()
        for language in set(row["locales"].split("|")) & set(LANGUAGES):
            yield name_row(name, language, kind, target, territory or (language, name) in doubtful)


def from_other_languages(inputs: Inputs, named: set[tuple[str, str]]) -> Iterator[Row]:
    """Hand-kept names in other languages: the first is the name where CLDR gave none, the others aliases."""
    for row in inputs.hand("names_other_languages.csv"):
        for language in LANGUAGES:
            for place, item in enumerate(filter(None, row[language].split("|"))):
                usual = "name" if not place and (row["slug"], language) not in named else "alias"
                name = item.rstrip("^#~")
                yield name_row(name, language, MARKS.get(item[-1], usual), row["slug"], "~" in item)


def with_apostrophes(rows: list[Row]) -> Iterator[Row]:
    """Each row, and for a name with an apostrophe the row with the other kind of it."""
    straight, curved = "'", "\u2019"
    for row in rows:
        yield row
        for old, new in ((straight, curved), (curved, straight)):
            if old in row["name"]:
                yield row | {"name": row["name"].replace(old, new)}


def key(row: Row) -> Key:
    """What makes two rows the same name of the same polity."""
    return row["name"], row["lang"], row["kind"], row["target"]


def merged(lists: list[Row], dated: list[Row]) -> list[Row]:
    """Both, without the listed names that a dated row repeats, unless the listed one is the more doubtful.

    A listed `historical` name gives way to any dated row of the same name and polity. Of names listed twice with one
    kind an ambiguous one stays.
    """
    doubtful = {key(row) for row in dated if row["ambiguous"] == "1"}
    certain = {key(row) for row in dated} - doubtful
    named = {(row["name"], row["target"]) for row in dated}
    kept: dict[Key, Row] = {}
    for row in sorted(lists, key=lambda row: row["ambiguous"], reverse=True):
        repeated = key(row) in doubtful or (key(row) in certain and row["ambiguous"] == "0")
        outdated = row["kind"] == "historical" and (row["name"], row["target"]) in named
        if not repeated and not outdated:
            kept.setdefault(key(row), row)
    spans = {(*key(row), row["from"], row["to"]): row for row in dated}
    return [*kept.values(), *spans.values()]


def check(rows: list[Row], known: dict[str, Row]) -> None:
    """Stop at a name without a polity or a polity without a name."""
    for row in rows:
        where = f"name {row['name']!r} of {row['target']}"
        checked_slug(row["target"], known, where)
        if row["kind"] not in KINDS or row["ambiguous"] not in ("0", "1") or row["name"] != row["name"].strip():
            raise SourceError(f"{where}: kind, flag or blanks")
        if not in_order(checked_date(row["from"], where), checked_date(row["to"], where)):
            raise SourceError(f"{where}: ends before it begins")
    nameless = set(known) - {row["target"] for row in rows if row["kind"] == "name"}
    if nameless:
        raise SourceError(f"polities without a name: {sorted(nameless)}")


def build(inputs: Inputs) -> list[Row]:
    """All names."""
    known = polities.read(inputs)
    targets = {row["iso3"]: slug for slug, row in known.items() if row["kind"] == "state"} | CLDR_TARGETS
    cldr = list(from_cldr(inputs, targets))
    named = {(row["target"], row["lang"]) for row in cldr if row["kind"] == "name"}
    lists = [*from_lists(inputs), *cldr, *from_other_languages(inputs, named)]
    rows = merged(list(with_apostrophes(lists)), list(with_apostrophes(list(from_dated(inputs)))))
    check(rows, known)
    return rows
