"""`dejure ledger review` and `dejure ledger judge`: what a person has to look at, and what they decide."""

from __future__ import annotations

import click

from dejure.cli.ledger_options import (
    actor_name,
    echo_json,
    json_option,
    ledger_option,
    open_for,
    since_text,
)

__all__ = ["judge_command", "review_command"]


@click.command("review")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many.")
@ledger_option
@json_option
def review_command(limit: int, location: str | None, as_json: bool) -> int:
    """List acts that nobody has judged, the riskiest first: asserted, from one story, of low confidence, or against
    what stands.
    """  # noqa: D205  click shows the first paragraph
    from rich.table import Table
    from rich.text import Text

    from dejure.cli.terminal import make_console, safe

    with open_for(location) as ledger:
        found = ledger.review(limit=limit)
    if as_json:
        from dejure.ledger.answers import review_in_short

        echo_json(review_in_short(found))
        return 0
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("risk", "when", "act", "why, and the words"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "risk" else "left")
    for one in found:
        act = one.act
        words = next((entry.evidence.quote for entry in act.entries if entry.evidence), "")
        told = Text(safe(", ".join(one.reasons) or "nothing in particular"), style="magenta")
        told.append(f"\n“{safe(' '.join(words.split()))}”", style="italic default")
        parties = f"{actor_name(act.recogniser)} · {act.act} · {act.recognised}"
        table.add_row(f"{one.risk:.2f}", since_text(act.date) or "undated", Text(safe(parties)), told)
    make_console().print(table if found else "Everything has been judged.")
    return 0


@click.command("judge")
@click.argument("verdict", type=click.Choice(["confirm", "reject", "merge", "split", "redate"]))
@click.argument("recogniser")
@click.argument("polity")
@click.argument("act")
@click.option(
    "--dated", metavar="DATES", help="Which act, by its date (DATE or FROM..TO); needed where there are several."
)
@click.option("--date", "date", metavar="DATES", help="The date to take (redate, split, merge).")
@click.option("--with", "with_dated", metavar="DATES", help="The dates of the second act (merge).")
@click.option("--report", "reports", multiple=True, metavar="ID", help="A report that tells of another act (split).")
@click.option("--supersedes", multiple=True, metavar="ID", help="A judgement that this one takes the place of.")
@click.option("--person", required=True, envvar="DEJURE_PERSON", help="Who decides; or DEJURE_PERSON.")
@click.option("--reason", required=True, help="Why.")
@ledger_option
def judge_command(
    verdict: str, recogniser: str, polity: str, act: str, dated: str | None, date: str | None, with_dated: str | None,
    reports: tuple[str, ...], supersedes: tuple[str, ...], person: str, reason: str, location: str | None,
) -> int:  # fmt: skip
    """Decide about what RECOGNISER did towards POLITY. It holds for what a better coder finds later as well.

    The shipped history can be judged, too; the judgement is kept in your ledger.
    """
    from dejure.ledger.table_import import interval_of

    with open_for(location, create=True) as ledger:
        judgement = ledger.judge(
            verdict, recogniser, polity, act, person=person, reason=reason,  # type: ignore[arg-type]
            cluster=interval_of(dated, "date of the act"), date=interval_of(date, "new date"),
            with_cluster=interval_of(with_dated, "date of the second act"), reports=reports, supersedes=supersedes,
        )  # fmt: skip
    click.echo(
        f"{judgement.id}  {verdict} {act} of {judgement.recogniser} towards {judgement.recognised}, "
        f"{judgement.cluster.text()}"
    )
    return 0
