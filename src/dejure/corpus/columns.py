"""The columns of the data sets, with type, unit and meaning, read from `corpus/data/datasets.toml`."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from dejure.extras import need

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Column", "DataSet", "arrow_schema", "load_datasets", "need", "schema_version"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is string, date, int, float, bool, strings or entities."""

    name: str
    kind: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set of a corpus.

    A partitioned one has a folder for each month of publication; a derived one is made from others when all reports
    are read.
    """

    name: str
    title: str
    is_partitioned: bool
    columns: tuple[Column, ...]
    is_derived: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names, in order."""
        return tuple(column.name for column in self.columns)


@functools.cache
def load_datasets() -> dict[str, DataSet]:
    """All data sets by name."""
    return {
        name: DataSet(
            name,
            row["title"],
            row["partitioned"],
            tuple(Column(*column) for column in row["columns"]),
            is_derived=row.get("derived", False),
        )
        for name, row in _table()["datasets"].items()
    }


def schema_version() -> int:
    """Version of the columns."""
    version = _table()["schema_version"]
    assert isinstance(version, int)
    return version


def arrow_schema(name: str, extra: dict[str, str] | None = None) -> pyarrow.Schema:
    """Arrow schema of a data set: unit and meaning in the metadata of each field, title and version in the schema's.

    Parameters
    ----------
    extra : dict of str
        More metadata for the schema.
    """
    arrow = need("pyarrow")
    dataset = load_datasets()[name]
    told = {"title": dataset.title, "dataset": name, "schema_version": str(schema_version()), **(extra or {})}
    return arrow.schema([_field(arrow, column) for column in dataset.columns], metadata=told)


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("dejure.corpus").joinpath("data/datasets.toml").read_text(encoding="utf-8")
    )  # fmt: skip


def _field(arrow: Any, column: Column) -> Any:
    metadata = {"description": column.meaning, **({"unit": column.unit} if column.unit else {})}
    return arrow.field(column.name, _type(arrow, column.kind), metadata=metadata)


def _type(arrow: Any, kind: str) -> Any:
    if kind == "entities":
        columns = [Column(*column) for column in _table()["entity"]["columns"]]
        return arrow.list_(arrow.struct([(column.name, _type(arrow, column.kind)) for column in columns]))
    types = {
        "string": arrow.string(), "date": arrow.date32(), "int": arrow.int64(), "float": arrow.float64(),
        "bool": arrow.bool_(), "strings": arrow.list_(arrow.string()),
    }  # fmt: skip
    return types[kind]
