"""`dejure wave`: will it spread, and how good were such forecasts."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dejure.cli.ledger_options import ledger_option, open_for
from dejure.cli.options import parse_day

if TYPE_CHECKING:
    from dejure.analysis.acts import Series
    from dejure.analysis.backtest import Backtest
    from dejure.analysis.wave import WaveAnswer

__all__ = ["command"]


@click.command("wave", context_settings={"ignore_unknown_options": False})
@click.argument("polity")
@click.option("--on", metavar="DATE", callback=parse_day, help="Origin: what was known on this day.  [default: today]")
@click.option(
    "--series",
    "series",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="Acts in the columns of a series; forecast, never fitted on. May be repeated.",
)
@click.option(
    "--reports",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="News reports to read; their asserted acts count from the day they appeared.",
)
@ledger_option
@click.option("--covariates", type=click.Path(path_type=Path), metavar="DIR", help="Your own tables of ties.")
@click.option("--contagion", is_flag=True, help="Test for contagion as well (some seconds more).")
@click.option("--pictures", type=click.Path(path_type=Path), metavar="DIR", help="Draw PNG, SVG and HTML there.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE.html", help="Write one page for print.")
@click.option("--json", "json_out", metavar="OUT", help="JSON for machines; - is standard output.")
def command(
    polity: str,
    on: dt.date | None,
    series: tuple[Path, ...],
    reports: tuple[Path, ...],
    location: str | None,
    covariates: Path | None,
    contagion: bool,
    pictures: Path | None,
    page: Path | None,
    json_out: str | None,
) -> int:
    """Forecast how many states follow in recognising POLITY, and who; or `dejure wave backtest`.

    POLITY is a slug such as kosovo. With `backtest` in its place, past forecasts are made again with what was known
    then and scored: on the shipped series, or on the files given with --series, which are never fitted on.
    """
    if polity == "backtest":
        return _backtest(series, covariates, json_out)
    from dejure.analysis.records_in import series_of_ledger
    from dejure.analysis.states import state_system
    from dejure.analysis.wave import ask_wave

    day = on or dt.date.today()
    given, more = _given(series, reports, polity, covariates)
    with open_for(location) as ledger:
        more += series_of_ledger(ledger, polity, day, state_system(covariates), covariates=covariates)
    answer = ask_wave(polity, day, given=given, more=more, covariates=covariates)
    told = answer.to_dict()
    if contagion:
        told["contagion"] = _contagion(polity, day, given, more, covariates)
    if json_out:
        _write(json_out, told)
    if json_out != "-":
        _print(answer, told)
    if pictures or page:
        _draw(answer, given, more, covariates, pictures, page)
    return 0


def _given(
    series: tuple[Path, ...], reports: tuple[Path, ...], polity: str, covariates: Path | None
) -> tuple[list[Series], list[Series]]:
    """Series that take the place of the shipped one, and acts from reports that are added to it."""
    from dejure.analysis.acts import read_series, series_of_rows
    from dejure.analysis.records_in import series_rows
    from dejure.analysis.states import state_system

    system = state_system(covariates)
    found = [one for path in series for one in read_series(path, system, covariates=covariates)]
    more: list[Series] = []
    if reports:
        from dejure.cli.codings import codings_of

        rows = series_rows(codings_of(reports), polity)
        more.extend(series_of_rows(rows, system, name="reports", covariates=covariates))
    return found, more


def _contagion(
    polity: str, day: dt.date, given: list[Series], more: list[Series], covariates: Path | None
) -> dict[str, object]:
    from dejure.analysis.contagion import contagion_test
    from dejure.analysis.states import state_system
    from dejure.analysis.wave import series_for

    system = state_system(covariates)
    known = series_for(polity, day, system, given=given, more=more, covariates=covariates)
    return contagion_test(known, system).to_dict()


def _backtest(series: tuple[Path, ...], covariates: Path | None, json_out: str | None) -> int:
    from dejure.analysis.acts import read_series, shipped_series
    from dejure.analysis.backtest import backtest
    from dejure.analysis.states import state_system

    system = state_system(covariates)
    given = [one for path in series for one in read_series(path, system, covariates=covariates)]
    if series and not given:
        from dejure.errors import NothingReadable

        raise NothingReadable("the series hold no rows", value=", ".join(map(str, series)), cure="add acts")
    found = backtest(
        shipped_series(system, covariates=covariates), system, given=given, told=lambda line: click.echo(line, err=True)
    )
    if json_out:
        _write(json_out, found.to_dict())
    if json_out != "-":
        _print_scores(found)
    return 0


def _write(path: str, told: dict[str, object]) -> None:
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    if path == "-":
        click.echo(text, nl=False)
    else:
        Path(path).write_text(text, encoding="utf-8")


def _print(answer: WaveAnswer, told: dict[str, object]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(f"[bold]{answer.polity}[/bold], on {answer.on}: {answer.acts} acts known since {answer.claimed}")
    console.print(answer.verdict)
    table = Table(box=None, pad_edge=False)
    for heading in ("within", "expected", "80 % interval", "at least one", *answer.baselines):
        table.add_column(heading, justify="right")
    for place, horizon in enumerate(answer.model.horizons):
        table.add_row(
            f"{horizon} days",
            f"{answer.model.expected[place]:.2f}",
            f"{answer.model.low[place]:.0f} to {answer.model.high[place]:.0f}",
            f"{answer.model.at_least_one[place]:.2f}",
            *(f"{found.expected[place]:.2f}" for found in answer.baselines.values()),
        )
    console.print(table)
    table = Table(box=None, pad_edge=False, title="Likeliest next", title_justify="left")
    for heading in ("state", *(f"{h} days" for h in answer.model.horizons), "lifted by"):
        table.add_column(heading)
    for one in answer.candidates:
        table.add_row(one.name, *(f"{p:.3f}" for p in one.probability), "; ".join(one.reasons))
    console.print(table)
    if answer.carried_by:
        console.print(
            "Expected within a year without a past case: "
            + ", ".join(f"{name} {value:.2f}" for name, value in answer.carried_by.items())
        )
    if answer.pooling:
        console.print("By scale of pooling: " + ", ".join(f"{n} {v:.2f}" for n, v in answer.pooling.items()))
    contagion = told.get("contagion")
    if isinstance(contagion, dict):
        console.print(contagion["sentence"])
    for note in answer.notes:
        console.print(f"Note: {note}", style="dim")


def _print_scores(found: Backtest) -> None:
    from rich.console import Console
    from rich.table import Table

    for scheme, part in found.scores().items():
        table = Table(
            box=None,
            pad_edge=False,
            title_justify="left",
            title=f"{scheme}: gain in nats per act over region x decaying, mean {part['pooled_mean_gain']}",
        )
        for heading in ("series", "acts", "gain", "90 % interval", "lift over region", "over chance", "in 80 %"):
            table.add_column(heading)
        for name, one in part["by_series"].items():
            gain, rank, cover = one["gain_nats_per_act"], one["rank"], one["coverage80"]
            table.add_row(
                name,
                str(one["acts_scored"]),
                str(gain["value"]),
                f"{gain['low90']} to {gain['high90']}",
                str(rank.get("lift_over_region")),
                str(rank.get("lift_over_chance")),
                f"{cover['inside']} of {cover['of']}",
            )
        Console().print(table)


def _draw(
    answer: WaveAnswer, given: list[Series], more: list[Series], covariates: Path | None, pictures: Path | None,
    page: Path | None,
) -> None:  # fmt: skip
    from dejure.analysis.charts import wave_charts, write_charts
    from dejure.analysis.page import wave_page
    from dejure.analysis.states import state_system
    from dejure.analysis.wave import series_for

    system = state_system(covariates)
    series = series_for(answer.polity, answer.on, system, given=given, more=more, covariates=covariates)
    charts = wave_charts(answer, series, system)
    if pictures:
        write_charts(charts, pictures)
    if page:
        page.write_text(wave_page(answer, series, charts), encoding="utf-8")
