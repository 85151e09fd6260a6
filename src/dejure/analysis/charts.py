"""Pictures of waves, boards and backtests as Altair charts: PNG, SVG and HTML that needs no network.

Every chart names in its subtitle what its uncertainty is. Colours are those of Okabe and Ito, which people with
deficient colour vision can tell apart.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dejure.analysis.acts import Series
from dejure.analysis.board import Board
from dejure.analysis.clusters import find_clusters
from dejure.analysis.states import StateSystem
from dejure.analysis.wave import WaveAnswer
from dejure.errors import MissingExtra

__all__ = ["PALETTE", "aligned_chart", "altair", "backtest_charts", "board_chart", "wave_charts", "write_charts"]

Chart = Any

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#999999", "#F0E442")
_WIDTH, _HEIGHT = 620, 320
_MODEL_COLOUR, _OTHER_COLOUR = PALETTE[0], PALETTE[1]


def altair() -> Any:
    """The library, with the limit of rows lifted.

    Raises
    ------
    MissingExtra
        If it is not installed.
    """
    try:
        import altair as alt
    except ImportError as error:
        raise MissingExtra(
            "Altair is not installed", cure="install the extra: pip install 'dejure[analysis]'"
        ) from error
    alt.data_transformers.disable_max_rows()
    return alt


def _chart(rows: Sequence[Mapping[str, Any]]) -> Any:
    alt = altair()
    return alt.Chart(alt.Data(values=[dict(row) for row in rows]))


#: Grey first: nothing known, nothing done.
_BOARD_ORDER = (
    "unobserved",
    "none",
    "silent",
    "neutral",
    "recognised before",
    "recognised after",
    "supports",
    "intends",
    "conditional",
    "considers",
    "mixed",
    "concerned",
    "opposes",
    "refuses",
)
_BOARD_COLOURS = (
    "#DDDDDD",
    "#DDDDDD",
    "#999999",
    "#BBBBBB",
    "#56B4E9",
    "#0072B2",
    "#009E73",
    "#44AA99",
    "#F0E442",
    "#E69F00",
    "#CC79A7",
    "#E69F00",
    "#D55E00",
    "#882255",
)


def _colours(values: Sequence[str]) -> Any:
    """A scale that gives the first value grey, or the colours of the board."""
    alt = altair()
    if tuple(values) == _BOARD_ORDER:
        return alt.Scale(domain=list(values), range=list(_BOARD_COLOURS))
    return alt.Scale(domain=list(values), range=["#BBBBBB", *PALETTE])


def _framed(chart: Any, title: str, subtitle: str, *, height: int = _HEIGHT, width: int = _WIDTH) -> Any:
    alt = altair()
    return chart.properties(
        width=width, height=height, title=alt.TitleParams(text=title, subtitle=subtitle, anchor="start", fontSize=15)
    )


def write_charts(charts: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write each chart as PNG, SVG and HTML with its scripts inside; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, chart in charts.items():
        for suffix, options in (("png", {"scale_factor": 2}), ("svg", {}), ("html", {"inline": True})):
            path = folder / f"{name}.{suffix}"
            chart.save(str(path), **options)
            written.append(path)
    return written


def wave_charts(answer: WaveAnswer, series: Series, system: StateSystem) -> dict[str, Chart]:
    """The pictures of one answer, by name."""
    from dejure.analysis.maps import tile_map, world_map

    return {
        "cumulative": _cumulative(series),
        "survival": _survival(series, system),
        "timeline": _timeline(series, system),
        "hazard": _hazard(series, system),
        "fan": _fan(answer, series),
        "likeliest": _likeliest(answer),
        "map": world_map(answer, series, system),
        "tiles": tile_map(answer, series, system),
    }


def _steps(series: Series) -> list[dict[str, Any]]:
    """Least and most acts by each day: by latest and by earliest possible day."""
    lows = sorted(one.latest for one in series.acts)
    highs = sorted(one.earliest for one in series.acts)
    days = sorted({series.claimed, *lows, *highs, series.ends})
    return [
        {
            "day": day.isoformat(),
            "least": int(np.searchsorted(np.array(lows, dtype="datetime64[D]"), np.datetime64(day), side="right"))
            if lows
            else 0,
            "most": int(np.searchsorted(np.array(highs, dtype="datetime64[D]"), np.datetime64(day), side="right"))
            if highs
            else 0,
        }
        for day in days
    ]


def _cumulative(series: Series) -> Chart:
    alt = altair()
    base = _chart(_steps(series)).encode(x=alt.X("day:T", title=None))
    band = base.mark_area(interpolate="step-after", opacity=0.35, color=_MODEL_COLOUR).encode(
        y=alt.Y("least:Q", title="states that have acted"), y2="most:Q"
    )
    line = base.mark_line(interpolate="step-after", color=_MODEL_COLOUR).encode(y="least:Q")
    return _framed(
        band + line,
        f"Acts towards {series.polity.slug}",
        "Band: between the earliest and the latest possible days of the acts",
    )


def _at_risk_by(series: Series, system: StateSystem) -> int:
    members = system.members_on(series.ends) | system.members_on(series.claimed)
    return int(members.sum()) - len(series.polity.parents)


def _survival(series: Series, system: StateSystem) -> Chart:
    """Share of the first state system that has not acted: Turnbull's bounds, with Greenwood's interval outside."""
    alt = altair()
    first = int(system.members_on(series.claimed).sum())
    rows = []
    for step in _steps(series):
        low, high = 1 - step["most"] / max(1, first), 1 - step["least"] / max(1, first)
        low, high = max(0.0, low), max(0.0, high)
        half = 1.96 * np.sqrt(max(0.0, low * (1 - low)) / max(1, first))
        rows.append({"day": step["day"], "low": max(0.0, low - half), "high": min(1.0, high + half), "share": high})
    base = _chart(rows).encode(x=alt.X("day:T", title=None))
    band = base.mark_area(interpolate="step-after", opacity=0.3, color=_OTHER_COLOUR).encode(
        y=alt.Y("low:Q", title="share that has not acted", scale=alt.Scale(domain=[0, 1])), y2="high:Q"
    )
    line = base.mark_line(interpolate="step-after", color=_OTHER_COLOUR).encode(y="share:Q")
    return _framed(
        band + line,
        f"States that have not recognised {series.polity.slug}",
        f"Of {first} states at the claim; band: 95 % interval, unknown days included",
    )


def _timeline(series: Series, system: StateSystem) -> Chart:
    alt = altair()
    cluster_of = {member: cluster.bloc for cluster in find_clusters(series, system) for member in cluster.members}
    places = system.index
    rows = [
        {
            "from": one.earliest.isoformat(),
            "to": (one.latest + dt.timedelta(days=1)).isoformat(),
            "state": system.names[places[one.recogniser]],
            "region": system.traits[places[one.recogniser]].region,
            "together": cluster_of.get(one.recogniser, "alone"),
            "order": place,
        }
        for place, one in enumerate(series.acts)
    ]
    if not rows:
        return _empty("No acts are known")
    base = _chart(rows).encode(
        x=alt.X("from:T", title=None),
        x2="to:T",
        y=alt.Y("order:O", axis=None, title=None),
        color=alt.Color(
            "together:N", title="coordinated", scale=_colours(["alone", *sorted(set(cluster_of.values()))])
        ),
        tooltip=["state:N", "from:T", "together:N"],
    )
    bars = base.mark_bar(height=3)
    dots = base.mark_point(filled=True, size=20, opacity=1)
    chart = (
        (bars + dots)
        .properties(width=_WIDTH, height=alt.Step(7))
        .facet(row=alt.Row("region:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")), spacing=4)
        .resolve_scale(y="independent")
    )
    return chart.properties(
        title=alt.TitleParams(
            text=f"Who acted when: {series.polity.slug}",
            anchor="start",
            fontSize=15,
            subtitle="Bars: days between which the act lies; colours: coordinated acts",
        )
    )


def _hazard(series: Series, system: StateSystem) -> Chart:
    """Acts per hundred states at risk and month in spans that grow, with Poisson intervals."""
    alt = altair()
    risk = _at_risk_by(series, system)
    bounds = [0, 7, 30, 91, 182, 365, 730, 1461, 2922, 5844, 11688, 40000]
    span = (series.ends - series.claimed).days + 1
    rows, gone = [], 0
    for start, stop in itertools.pairwise(bounds):
        if start >= span:
            break
        stop = min(stop, span)
        number = sum(start <= (one.latest - series.claimed).days < stop for one in series.acts)
        exposure = max(1, risk - gone - number // 2) * (stop - start) / 30.4 / 100
        low, high = _poisson(number)
        rows.append(
            {
                "from": max(start, 1),
                "to": stop,
                "rate": max(number, 0.3) / exposure,
                "low": max(low, 0.1) / exposure,
                "high": high / exposure,
            }
        )
        gone += number
    base = _chart(rows).encode(x=alt.X("from:Q", title="days since the claim", scale=alt.Scale(type="log")), x2="to:Q")
    band = base.mark_rect(opacity=0.3, color=_MODEL_COLOUR).encode(
        y=alt.Y("low:Q", title="acts per 100 states and month", scale=alt.Scale(type="log")), y2="high:Q"
    )
    line = base.mark_rule(color=_MODEL_COLOUR, size=3).encode(y="rate:Q")
    return _framed(band + line, f"Rate of acts: {series.polity.slug}", "Boxes: 95 % Poisson intervals; both axes log")


def _poisson(number: int) -> tuple[float, float]:
    """Byar's approximation of the 95 % interval of a Poisson mean (Breslow and Day 1987)."""
    upper = number + 1
    high = upper * (1 - 1 / (9 * upper) + 1.96 / (3 * np.sqrt(upper))) ** 3
    low = number * (1 - 1 / (9 * number) - 1.96 / (3 * np.sqrt(number))) ** 3 if number else 0.0
    return float(max(0.0, low)), float(high)


def _fan(answer: WaveAnswer, series: Series) -> Chart:
    alt = altair()
    rows = [{"day": answer.on.isoformat(), "low": answer.acts, "high": answer.acts, "expected": answer.acts}]
    for place, horizon in enumerate(answer.model.horizons):
        day = (answer.on + dt.timedelta(days=horizon)).isoformat()
        rows.append(
            {
                "day": day,
                "low": answer.acts + float(answer.model.low[place]),
                "high": answer.acts + float(answer.model.high[place]),
                "expected": answer.acts + float(answer.model.expected[place]),
            }
        )
    first = answer.on - dt.timedelta(days=730)
    past = [row for row in _steps(series) if row["day"] >= first.isoformat()]
    past.append({"day": answer.on.isoformat(), "least": answer.acts, "most": answer.acts})
    base = _chart(rows).encode(x=alt.X("day:T", title=None))
    band = base.mark_area(opacity=0.3, color=_OTHER_COLOUR).encode(
        y=alt.Y("low:Q", title="states that have acted", scale=alt.Scale(zero=False)), y2="high:Q"
    )
    line = base.mark_line(color=_OTHER_COLOUR, strokeDash=[5, 3]).encode(y="expected:Q")
    known = _chart(past).mark_line(interpolate="step-after", color=_MODEL_COLOUR).encode(x="day:T", y="least:Q")
    return _framed(
        band + line + known,
        f"{answer.polity}: what may come after {answer.on}",
        "Dashed: expected number; band: central 80 % of simulated paths",
    )


def _likeliest(answer: WaveAnswer) -> Chart:
    alt = altair()
    if not answer.candidates:
        return _empty("Nobody is left at risk")
    rows = [
        {"state": one.name, "probability": one.probability[-1], "why": "; ".join(one.reasons)}
        for one in answer.candidates
    ]
    chart = (
        _chart(rows)
        .mark_bar(color=_MODEL_COLOUR)
        .encode(
            x=alt.X("probability:Q", title=f"probability within {answer.model.horizons[-1]} days"),
            y=alt.Y("state:N", sort="-x", title=None),
            tooltip=["state:N", "probability:Q", "why:N"],
        )
    )
    return _framed(chart, f"{answer.polity}: likeliest next", f"From what was known on {answer.on}", height=260)


def _empty(text: str) -> Chart:
    return _framed(_chart([{"text": text}]).mark_text(fontSize=14).encode(text="text:N"), text, "", height=60)


def aligned_chart(waves: Sequence[Series]) -> Chart:
    """Several waves on one clock that starts at the first act."""
    alt = altair()
    rows = []
    for series in waves:
        if not series.acts:
            continue
        first = min(one.latest for one in series.acts)
        for number, one in enumerate(sorted(series.acts, key=lambda act: act.latest), 1):
            rows.append({"days": (one.latest - first).days + 1, "acts": number, "wave": series.polity.slug})
    chart = (
        _chart(rows)
        .mark_line(interpolate="step-after")
        .encode(
            x=alt.X("days:Q", title="days since the first act, log scale", scale=alt.Scale(type="log")),
            y=alt.Y("acts:Q", title="states that have acted"),
            color=alt.Color("wave:N", title=None, scale=alt.Scale(range=list(PALETTE))),
        )
    )
    return _framed(chart, "Waves from their first act", "Acts known only as intervals stand at their latest day")


def board_chart(board: Board) -> Chart:
    """How many states of each region hold which stance, and which position."""
    alt = altair()
    rows = [
        {
            "region": row.region,
            "value": getattr(row, column),
            "column": column,
            "rank": -_BOARD_ORDER.index(getattr(row, column)),
        }
        for row in board.rows
        for column in ("position", "stance")
    ]
    chart = (
        _chart(rows)
        .mark_bar()
        .encode(
            x=alt.X("count():Q", title="states"),
            y=alt.Y("region:N", title=None),
            color=alt.Color("value:N", title=None, scale=_colours(_BOARD_ORDER)),
            order=alt.Order("rank:Q"),
        )
        .properties(width=300, height=240)
        .facet(column=alt.Column("column:N", title=None))
        .resolve_scale(color="shared")
    )
    return chart.properties(
        title=alt.TitleParams(
            text=f"Responses to the act of {board.act_day}: {board.polity}",
            anchor="start",
            fontSize=15,
            subtitle=f"To {board.window_end}; observed silent from {board.settings.stories_any} stories on",
        )
    )


def backtest_charts(scores: Mapping[str, Any]) -> dict[str, Chart]:
    """Gain with interval by series, and calibration, of the scores of a backtest."""
    alt = altair()
    gains: list[dict[str, Any]] = []
    bins: list[dict[str, Any]] = []
    for scheme, part in scores.items():
        for name, one in part["by_series"].items():
            gain = one["gain_nats_per_act"]
            if gain["value"] is not None:
                gains.append(
                    {
                        "series": name,
                        "scheme": scheme,
                        "gain": gain["value"],
                        "low": gain["low90"],
                        "high": gain["high90"],
                    }
                )
            bins.extend(
                {
                    "series": name,
                    "scheme": scheme,
                    "forecast": b["forecast"],
                    "observed": b["observed"],
                    "states": b["states"],
                }
                for b in one["calibration"]
            )
    base = _chart(gains).encode(
        y=alt.Y("series:N", title=None),
        yOffset="scheme:N",
        color=alt.Color("scheme:N", title=None, scale=alt.Scale(range=list(PALETTE))),
    )
    rules = base.mark_rule(size=2).encode(
        x=alt.X("low:Q", title="gain in log score over region x decaying, nats per act"), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=60).encode(x="gain:Q")
    zero = _chart([{"x": 0}]).mark_rule(strokeDash=[4, 3]).encode(x="x:Q")
    line = (
        _chart([{"a": 0.001, "b": 0.001}, {"a": 1, "b": 1}])
        .mark_line(strokeDash=[4, 3], color="#999999")
        .encode(
            x=alt.X("a:Q", scale=alt.Scale(type="symlog", constant=0.01)),
            y=alt.Y("b:Q", scale=alt.Scale(type="symlog", constant=0.01)),
        )
    )
    dots = (
        _chart(bins)
        .mark_point(filled=True, opacity=0.8)
        .encode(
            x=alt.X("forecast:Q", title="forecast probability, 90 days"),
            y=alt.Y("observed:Q", title="share that acted"),
            size=alt.Size("states:Q", title="states"),
            color=alt.Color("series:N", scale=alt.Scale(range=list(PALETTE))),
            shape="scheme:N",
        )
    )
    return {
        "gain": _framed(
            zero + rules + points,
            "Backtest: gain over the named baseline",
            "Bars: 90 % interval, bootstrap over coordinated acts",
        ),
        "calibration": _framed(line + dots, "Calibration of the 90-day probabilities", "Dashed: perfect calibration"),
    }
