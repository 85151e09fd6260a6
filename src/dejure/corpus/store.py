"""A finished corpus: its data sets as frames, SQL over them, counts per dyad and period."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from dejure.corpus.columns import load_datasets, need
from dejure.corpus.datasets import DATA, MANIFEST
from dejure.errors import CorpusUnusable, SettingsError

__all__ = ["Corpus", "FrameKind", "Period"]

FrameKind = Literal["pandas", "polars", "arrow"]
Period = Literal["day", "week", "month"]

_DAMAGED, _AGAIN = "a data set of the corpus is damaged", "make the corpus again"

_PANEL = """
WITH told AS (
    SELECT DISTINCT e.event_id, a.unnest.country AS actor, r.unnest.country AS recipient,
           date_trunc('{period}', coalesce(e.earliest, e.published))::DATE AS period, e.quad_code
    FROM events e, unnest(e.actor) a, unnest(e.recipient) r
    WHERE NOT (coalesce(e.historical, false) OR coalesce(e.future, false) OR coalesce(e.hypothetical, false)
               OR coalesce(e.negation, false))
      AND coalesce(e.earliest, e.published) IS NOT NULL
      AND CASE WHEN e.earliest IS NULL AND e.latest IS NULL THEN e.precision IS NULL
               ELSE date_trunc('{period}', e.earliest) = date_trunc('{period}', e.latest) END
),
pairs AS (SELECT * FROM told WHERE actor IS NOT NULL AND recipient IS NOT NULL AND actor <> recipient),
coverage AS (
    SELECT date_trunc('{period}', published)::DATE AS period, count(*) AS reports
    FROM reports WHERE published IS NOT NULL GROUP BY 1
),
dyads AS (SELECT DISTINCT actor, recipient FROM pairs),
cells AS (
    SELECT actor, recipient, period FROM dyads, (SELECT period FROM coverage)
    UNION SELECT actor, recipient, period FROM pairs
),
counted AS (
    SELECT c.actor, c.recipient, c.period, coalesce(v.reports, 0) AS reports, count(p.event_id) AS events,
           count(p.event_id) FILTER (p.quad_code = 1) AS verbal_cooperation,
           count(p.event_id) FILTER (p.quad_code = 2) AS material_cooperation,
           count(p.event_id) FILTER (p.quad_code = 3) AS verbal_conflict,
           count(p.event_id) FILTER (p.quad_code = 4) AS material_conflict
    FROM cells c LEFT JOIN coverage v USING (period) LEFT JOIN pairs p USING (actor, recipient, period)
    GROUP BY ALL
)
SELECT actor, recipient, period, reports, events,
       CASE WHEN reports > 0 OR verbal_cooperation > 0 THEN verbal_cooperation END AS verbal_cooperation,
       CASE WHEN reports > 0 OR material_cooperation > 0 THEN material_cooperation END AS material_cooperation,
       CASE WHEN reports > 0 OR verbal_conflict > 0 THEN verbal_conflict END AS verbal_conflict,
       CASE WHEN reports > 0 OR material_conflict > 0 THEN material_conflict END AS material_conflict
FROM counted ORDER BY actor, recipient, period
"""


class Corpus:
    """The data sets of a finished run.

    Parameters
    ----------
    folder : str or Path
        What `dejure corpus run --out` names.

    Raises
    ------
    CorpusUnusable
        If there is no finished corpus.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not (self.folder / MANIFEST).is_file():
            raise CorpusUnusable(
                "the folder holds no finished corpus", value=folder, cure="make one with dejure corpus run"
            )

    @property
    def manifest(self) -> dict[str, Any]:
        """Versions, hashes, settings, counts, coverage."""
        found = json.loads((self.folder / MANIFEST).read_text(encoding="utf-8"))
        assert isinstance(found, dict)
        return found

    def table(self, name: str, frame: FrameKind = "pandas") -> Any:
        """A data set as a pandas or polars frame or an Arrow table, in the order of its months.

        Raises
        ------
        SettingsError
            If there is no such data set or kind of frame.
        MissingExtra
            If the library is not installed.
        """
        if name not in load_datasets():
            raise SettingsError("no such data set", value=name, cure=f"choose {', '.join(load_datasets())}")
        arrow, parquet = need("pyarrow"), need("pyarrow.parquet")
        files = sorted((self.folder / DATA / name).rglob("*.parquet"))
        if not files:
            raise CorpusUnusable(
                "the corpus was made before this data set existed", value=name, cure="make it again with this version"
            )
        try:
            tables = [parquet.ParquetFile(path).read() for path in files]
        except (arrow.ArrowException, OSError) as error:
            raise CorpusUnusable(_DAMAGED, value=name, cure=_AGAIN) from error
        return _framed(arrow.concat_tables(tables), frame)

    def events(self, frame: FrameKind = "pandas") -> Any:
        """Who did what to whom."""
        return self.table("events", frame)

    def recognition(self, frame: FrameKind = "pandas") -> Any:
        """Acts of recognition."""
        return self.table("recognition", frame)

    def statements(self, frame: FrameKind = "pandas") -> Any:
        """Stances."""
        return self.table("statements", frame)

    def silences(self, frame: FrameKind = "pandas") -> Any:
        """Who was said not to have commented."""
        return self.table("silences", frame)

    def reports(self, frame: FrameKind = "pandas") -> Any:
        """The reports that were read."""
        return self.table("reports", frame)

    def rejects(self, frame: FrameKind = "pandas") -> Any:
        """Inputs that could not be read, and why."""
        return self.table("rejects", frame)

    def incidents(self, frame: FrameKind = "pandas") -> Any:
        """Happenings, each with the events of all reports that tell it."""
        return self.table("incidents", frame)

    def incident_events(self, frame: FrameKind = "pandas") -> Any:
        """Which incident each event and each report belongs to."""
        return self.table("incident_events", frame)

    def query(self, sql: str, frame: FrameKind = "arrow", *, parameters: Sequence[Any] = ()) -> Any:
        """What a SQL statement (DuckDB) gives; each data set is a view, with its `month`.

        The statement can read the corpus and nothing else: no other file, no network, no extension. Each `?` in it
        stands for one of the parameters.

        Raises
        ------
        SettingsError
            If the statement cannot be run.
        """
        duckdb = need("duckdb")
        with self._connection() as connection:
            try:
                kinds = {statement.type for statement in connection.extract_statements(sql)}
                if kinds != {duckdb.StatementType.SELECT}:
                    raise SettingsError("only a SELECT can be run", value=sql, cure="write one statement that selects")
                found = connection.sql(sql, params=list(parameters) or None).to_arrow_table()
            except duckdb.Error as error:
                told = str(error).splitlines()[0]
                raise SettingsError("the query cannot be run", value=told, cure="mend the statement") from error
        return _framed(found, frame)

    def panel(self, period: Period = "month", frame: FrameKind = "pandas") -> Any:
        """Counts of events per directed dyad of countries and period, by quad.

        Events that are historical, future, hypothetical or negated are not counted, nor are those whose interval is
        open or wider than the period, or whose date is said and cannot be told. One without a date counts on its day of
        publication. A dyad that occurs in the corpus has a row, if need be of zeros, for every period in which at least
        one report was published: a zero says that there was coverage. A period without a report has a row only for a
        dyad of which a report of another period tells an event there; what is not told is null in it, not zero.
        `reports` is the number of reports of the period. An event is counted once a dyad and report: these are counts
        of reported events.
        """
        if period not in ("day", "week", "month"):
            raise SettingsError("no such period", value=period, cure="choose day, week or month")
        return self.query(_PANEL.format(period=period), frame)

    def _connection(self) -> Any:
        data = (self.folder / DATA).resolve()
        duckdb = need("duckdb")
        connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        for name, dataset in load_datasets().items():
            if not (data / name).is_dir():
                continue  # made by an earlier version
            # Named one by one: the folder's own name may hold what a pattern takes for a wildcard.
            files = [_escaped(path) for path in sorted((data / name).glob("**/*.parquet"))]
            try:
                views = connection.read_parquet(files, hive_partitioning=dataset.is_partitioned)
            except duckdb.Error as error:
                raise CorpusUnusable(_DAMAGED, value=name, cure=_AGAIN) from error
            views.create_view(name)
        # The engine holds the pattern of a file against these, and so the folder stands there as a pattern, too.
        folders = sorted({data.as_posix(), _escaped(data)})
        named = ", ".join("'" + folder.replace("'", "''") + "'" for folder in folders)
        connection.execute(f"SET allowed_directories=[{named}]")
        connection.execute("SET enable_external_access=false")
        connection.execute("SET lock_configuration=true")
        return connection


def _escaped(path: Path) -> str:
    """A path as a pattern that stands for it alone."""
    return re.sub(r"[*?\[]", r"[\g<0>]", path.as_posix())


def _framed(table: Any, frame: FrameKind) -> Any:
    if frame == "arrow":
        return table
    if frame == "polars":
        return need("polars", install="polars").from_arrow(table)
    if frame == "pandas":
        need("pandas")
        return table.to_pandas()
    raise SettingsError("no such kind of frame", value=frame, cure="choose pandas, polars or arrow")
