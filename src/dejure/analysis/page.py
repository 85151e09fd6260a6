"""One answer as a page that can be printed and read without a network: text, tables and pictures inside the file."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from dejure.analysis.acts import Series
from dejure.analysis.wave import WaveAnswer
from dejure.errors import MissingExtra
from dejure.version import __version__

__all__ = ["wave_page"]

_STYLE = """
body{font:16px/1.5 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#111}
h1{font-size:1.7rem;line-height:1.2}h2{font-size:1.15rem;margin-top:2rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}caption{text-align:left;font-style:italic}
th,td{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ccc;vertical-align:top}
td.n,th.n{text-align:right}svg{max-width:100%;height:auto}.note{color:#444;font-size:.9rem}
@media print{body{margin:0;max-width:none}h2{break-after:avoid}table,figure{break-inside:avoid}}
"""


def wave_page(
    answer: WaveAnswer,
    series: Series,
    charts: Mapping[str, Any],
    *,
    shown: tuple[str, ...] = ("fan", "likeliest", "map"),
) -> str:
    """The page of one answer.

    Parameters
    ----------
    answer : WaveAnswer
    series : Series
        As known on the day.
    charts : mapping of str to chart
        From `wave_charts`; those of `shown` are set into the page as SVG.
    """
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>",
        f"<title>{_text(answer.polity)}: who follows?</title><style>{_STYLE}</style>",
        f"<h1>Will others recognise {_text(answer.polity)}?</h1>",
        f"<p>As known on <b>{answer.on}</b>. {answer.acts} state(s) known to have acted since {answer.claimed}"
        f"{_who(series)}.</p><p><b>{_text(answer.verdict)}</b></p>",
        _forecasts(answer),
        "<h2>Likeliest next</h2>",
        _candidates(answer),
        *(f"<figure>{_svg(charts[name])}</figure>" for name in shown if name in charts),
        "<h2>What carries the answer</h2>",
        _carried(answer),
        "<h2>Cautions</h2><ul>",
        *(f"<li>{_text(note)}</li>" for note in answer.notes),
        "</ul>",
        _sources(series),
        f"<p class=note>Made with dejure {__version__}; the same input gives the same page. "
        "Map: Natural Earth by way of world-atlas (ISC); no opinion on boundaries.</p></html>\n",
    ]
    return "\n".join(parts)


def _text(value: object) -> str:
    return html.escape(str(value))


def _who(series: Series) -> str:
    named = [f"{one.recogniser} ({one.latest})" for one in series.acts[-6:]]
    return ": " + ", ".join(_text(name) for name in named) if named and len(series.acts) <= 6 else ""


def _forecasts(answer: WaveAnswer) -> str:
    head = "".join(f"<th class=n>{_text(name.replace('_', ' '))}</th>" for name in answer.baselines)
    rows = []
    for place, horizon in enumerate(answer.model.horizons):
        model = answer.model
        others = "".join(f"<td class=n>{found.expected[place]:.2f}</td>" for found in answer.baselines.values())
        rows.append(
            f"<tr><td>{horizon} days</td><td class=n>{model.expected[place]:.2f}</td>"
            f"<td class=n>{model.low[place]:.0f} to {model.high[place]:.0f}</td>"
            f"<td class=n>{100 * model.at_least_one[place]:.0f} %</td>{others}</tr>"
        )
    return (
        f"<table><caption>Number of further acts; to the right what simple rates expect</caption><tr><th>within</th>"
        f"<th class=n>expected</th><th class=n>80 % interval</th><th class=n>at least one</th>{head}</tr>"
        f"{''.join(rows)}</table>"
    )


def _candidates(answer: WaveAnswer) -> str:
    head = "".join(f"<th class=n>{h} days</th>" for h in answer.model.horizons)
    rows = "".join(
        f"<tr><td>{_text(one.name)}</td>{''.join(f'<td class=n>{100 * p:.1f} %</td>' for p in one.probability)}"
        f"<td>{_text('; '.join(one.reasons))}</td></tr>"
        for one in answer.candidates
    )
    return f"<table><tr><th>state</th>{head}<th>lifted by</th></tr>{rows}</table>"


def _carried(answer: WaveAnswer) -> str:
    whole = f"{answer.model.expected[-1]:.2f}"
    rows = "".join(
        f"<tr><td>without {_text(name)}</td><td class=n>{value:.2f}</td></tr>"
        for name, value in answer.carried_by.items()
    )
    rows += "".join(
        f"<tr><td>pooling scale {_text(name)}</td><td class=n>{value:.2f}</td></tr>"
        for name, value in answer.pooling.items()
    )
    return (
        f"<p>The expected number within a year, {whole}, and what becomes of it when a past case is left out of the "
        f"fit or the prior scale of the differences between polities is changed:</p><table>{rows}</table>"
    )


def _sources(series: Series) -> str:
    named = sorted({one.source for one in (*series.acts, *series.positions) if one.source})
    if not named:
        return ""
    return "<h2>Sources of the acts</h2><ul>" + "".join(f"<li>{_text(one)}</li>" for one in named[:40]) + "</ul>"


def _svg(chart: Any) -> str:
    try:
        import vl_convert
    except ImportError as error:
        raise MissingExtra(
            "vl-convert-python is not installed", cure="install the extra: pip install 'dejure[analysis]'"
        ) from error
    return str(vl_convert.vegalite_to_svg(chart.to_json()))
