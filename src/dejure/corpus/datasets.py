"""The shards of a run put together: the data sets, in months, and the manifest. Same shards, same bytes."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from dejure.corpus.columns import arrow_schema, load_datasets, need, schema_version
from dejure.corpus.incident_sets import incident_tables
from dejure.corpus.plan import Plan, RunSettings
from dejure.corpus.shard import DONE, POSITION, reject_place
from dejure.errors import MalformedLine
from dejure.sources import reject
from dejure.version import __version__

__all__ = ["DATA", "MANIFEST", "UNKNOWN_MONTH", "assemble"]

DATA = "data"
MANIFEST = "manifest.json"
#: Month of reports without a day of publication.
UNKNOWN_MONTH = "unknown"

# Rows of a row group, and rows of all months that are held before the fullest month is written.
_GROUP_ROWS = 20_000
_HELD_ROWS = 200_000


@dataclass(slots=True)
class _Repeats:
    """Reports that came before, by shard and position: copies keep their row, refused ones become rejects."""

    copies: dict[str, dict[int, str]] = field(default_factory=dict)
    refused: dict[str, dict[int, tuple[str, str]]] = field(default_factory=dict)

    def without(self, shard: str, name: str) -> set[int]:
        """Positions whose rows of a data set are left out."""
        left_out = set(self.refused.get(shard, ()))
        return left_out if name == "reports" else left_out | set(self.copies.get(shard, ()))


def assemble(plan: Plan, run: RunSettings, out: Path) -> dict[str, Any]:
    """Write `out/data` and `out/manifest.json` from `out/shards`; the manifest is returned.

    The rows stand in the order of the plan. A report whose text came before under no id of its own is a copy: it keeps
    its row in `reports`, with the locator of the first one, and its records stand there. A report with an id that came
    before becomes a reject. What is derived from the data sets comes last.
    """
    shards, begun = out / "shards", out / f"{DATA}.begun"
    shutil.rmtree(begun, ignore_errors=True)
    repeats = _find_repeats(plan, shards)
    counts: dict[str, int] = {}
    coverage: dict[str, Counter[str]] = {"by_day": Counter(), "by_publisher": Counter(), "by_language": Counter()}
    codes: Counter[str] = Counter()
    derived: dict[str, Iterator[Any]] = {}
    for name, dataset in load_datasets().items():
        if dataset.is_derived and not derived:
            derived = incident_tables(begun)
        writer = _MonthWriter(begun / name, name, is_partitioned=dataset.is_partitioned)
        for table in derived[name] if dataset.is_derived else _tables(plan, shards, name, repeats):
            if name == "reports":
                _cover(table, coverage)
            elif name == "rejects":
                codes.update(table.column("code").to_pylist())
            writer.add(table)
        counts[name] = writer.close()
    manifest = {
        "schema_version": schema_version(), "dejure": __version__, "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in ("pyarrow", "spacy")}, "coder": _card(plan, shards),
        "identity": plan.identity, "settings": run.told(), "inputs": _inputs(plan), "shards": len(plan.shards),
        "counts": counts, "rejects": dict(sorted(codes.items())),
        "coverage": {name: dict(sorted(count.items())) for name, count in coverage.items()},
        "files": {path.relative_to(begun).as_posix(): _sha256(path) for path in sorted(begun.rglob("*.parquet"))},
    }  # fmt: skip
    shutil.rmtree(out / DATA, ignore_errors=True)
    begun.rename(out / DATA)
    written = out / f"{MANIFEST}.begun"
    written.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    written.replace(out / MANIFEST)
    return manifest


def _find_repeats(plan: Plan, shards: Path) -> _Repeats:
    """One pass over the ids of all reports; a hash of each is held."""
    parquet = need("pyarrow.parquet")
    seen: dict[bytes, tuple[int, int]] = {}
    first_source: dict[tuple[int, int], str] = {}
    repeats = _Repeats()
    wanted = ["report_id", "text_sha256", "source", POSITION]
    for shard in plan.shards:
        table = parquet.read_table(shards / shard.name / "reports.parquet", columns=wanted)
        for row in table.to_pylist():
            key = hashlib.blake2b(row["report_id"].encode(), digest_size=12).digest()
            first = seen.setdefault(key, (shard.number, row[POSITION]))
            if first == (shard.number, row[POSITION]):
                continue
            if row["report_id"] == row["text_sha256"][:16]:
                source = first_source.get(first) or _source_of(plan, shards, first)
                first_source[first] = source
                repeats.copies.setdefault(shard.name, {})[row[POSITION]] = source
            else:
                repeats.refused.setdefault(shard.name, {})[row[POSITION]] = (row["source"], row["report_id"])
    return repeats


def _source_of(plan: Plan, shards: Path, place: tuple[int, int]) -> str:
    parquet = need("pyarrow.parquet")
    table = parquet.read_table(
        shards / plan.shards[place[0]].name / "reports.parquet", columns=["source", POSITION]
    )  # fmt: skip
    return next(str(row["source"]) for row in table.to_pylist() if row[POSITION] == place[1])


def _tables(plan: Plan, shards: Path, name: str, repeats: _Repeats) -> Iterator[Any]:
    """The tables of each shard, a row group at a time, without what came before."""
    arrow, compute, parquet = need("pyarrow"), need("pyarrow.compute"), need("pyarrow.parquet")
    for shard in plan.shards:
        left_out = repeats.without(shard.name, name)
        drop = arrow.array(sorted(left_out), arrow.int32())
        with parquet.ParquetFile(shards / shard.name / f"{name}.parquet") as file:
            for group in range(file.num_row_groups):
                table = file.read_row_group(group)
                if left_out and name != "rejects":
                    table = table.filter(compute.invert(compute.is_in(table[POSITION], drop)))
                if name == "reports" and shard.name in repeats.copies:
                    table = _marked(table, repeats.copies[shard.name])
                yield table.drop_columns([POSITION])
        if name == "rejects" and shard.name in repeats.refused:
            yield _refused(repeats.refused[shard.name], arrow_schema("rejects"))


def _marked(table: Any, copies: dict[int, str]) -> Any:
    rows = table.to_pylist()
    for row in rows:
        if row[POSITION] in copies:
            row |= {"copy_of": copies[row[POSITION]], "events": 0, "recognition": 0}
    return need("pyarrow").Table.from_pylist(rows, schema=table.schema)


def _refused(refused: dict[int, tuple[str, str]], schema: Any) -> Any:
    rows = []
    for _, (source, given) in sorted(refused.items()):
        error = MalformedLine("a report with this id came before", value=given, cure="give every report its own id")
        rows.append(reject(error, *reject_place(source)).to_dict())
    return need("pyarrow").Table.from_pylist(rows, schema=schema)


class _MonthWriter:
    """Writes one data set, a file a month, with row groups that depend on the rows alone."""

    def __init__(self, folder: Path, name: str, *, is_partitioned: bool) -> None:
        self._folder, self._is_partitioned = folder, is_partitioned
        self._schema = arrow_schema(name, {"dejure": __version__})
        self._held: dict[str, list[Any]] = {}
        self._rows: Counter[str] = Counter()
        self._writers: dict[str, Any] = {}
        self._total = 0

    def add(self, table: Any) -> None:
        """Take the rows of one shard."""
        with self._letting_go():
            for month, part in self._months(table):
                self._held.setdefault(month, []).append(part)
                self._rows[month] += len(part)
                self._total += len(part)
                if self._rows[month] >= _GROUP_ROWS:
                    self._flush(month)
            while sum(self._rows.values()) > _HELD_ROWS:
                self._flush(max(sorted(self._rows), key=lambda month: self._rows[month]))

    def close(self) -> int:
        """Write the rest; the number of rows is returned. An empty data set still has a file that tells its columns."""
        if not self._total:
            self._held[UNKNOWN_MONTH] = [self._schema.empty_table()]
        with self._letting_go():
            for month in sorted(self._held):
                if self._held[month]:
                    self._flush(month)
            for writer in self._writers.values():
                writer.close()
        return self._total

    @contextmanager
    def _letting_go(self) -> Iterator[None]:
        """Where writing fails, leave the files as they are: else each is tried once more when the memory is freed."""
        try:
            yield
        except OSError:
            for writer in self._writers.values():
                writer.is_open = False
            raise

    def _months(self, table: Any) -> Iterator[tuple[str, Any]]:
        if not self._is_partitioned:
            if len(table):
                yield UNKNOWN_MONTH, table
            return
        arrow, compute = need("pyarrow"), need("pyarrow.compute")
        named = compute.fill_null(compute.strftime(table["published"], format="%Y-%m"), UNKNOWN_MONTH)
        for month in sorted(set(named.to_pylist())):
            yield month, table.filter(compute.equal(named, arrow.scalar(month)))

    def _flush(self, month: str) -> None:
        arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
        table = arrow.concat_tables(self._held[month]).cast(self._schema).combine_chunks()
        if month not in self._writers:
            folder = self._folder / f"month={month}" if self._is_partitioned else self._folder
            folder.mkdir(parents=True, exist_ok=True)
            self._writers[month] = parquet.ParquetWriter(folder / "part-0.parquet", self._schema, compression="zstd")
        self._writers[month].write_table(table, row_group_size=max(len(table), 1))
        self._held[month], self._rows[month] = [], 0


def _cover(table: Any, coverage: dict[str, Counter[str]]) -> None:
    for name, column in (("by_day", "published"), ("by_publisher", "publisher"), ("by_language", "language")):
        coverage[name].update(str(one) if one is not None else "unknown" for one in table.column(column).to_pylist())


def _card(plan: Plan, shards: Path) -> dict[str, Any] | None:
    for shard in plan.shards:
        told = json.loads((shards / shard.name / DONE).read_text(encoding="utf-8"))
        if told["coder"]:
            card = told["coder"]
            assert isinstance(card, dict)
            return card
    return None


def _inputs(plan: Plan) -> list[dict[str, Any]]:
    sizes = {part.path: part.size for shard in plan.shards for part in shard.parts}
    return [{"path": path, "bytes": size} for path, size in sizes.items()]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
