"""`dejure code-dyads`: what the marked actor of each sentence does to the marked recipient."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dejure.cli.options import model_option, settings_for
from dejure.errors import InputMissing, MalformedLine

if TYPE_CHECKING:
    from dejure.coding.dyads import MarkedSentence

__all__ = ["command"]

_COLUMNS = ("uid", "marked_sentence")


@click.command("code-dyads")
@click.argument("source", metavar="IN.tsv")
@click.argument("target", metavar="OUT.tsv")
@model_option
def command(source: str, target: str, model: str | None) -> int:
    """Code marked sentences.

    IN.tsv has the columns uid and marked_sentence, with <s>..</s> around the actor and <t>..</t> around the recipient;
    OUT.tsv has uid, root (one of 15: YIELD stands for CONCEDE and RETREAT) and confidence. Every sentence gets a root.
    """
    rows = _rows(source)
    from dejure.coding.dyads import code_dyads

    answers = code_dyads([marked for _, marked in rows], settings_for(model))
    with Path(target).open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(("uid", "root", "confidence"))
        for (uid, _), answer in zip(rows, answers, strict=True):
            writer.writerow((uid, answer.root, f"{answer.confidence:.3f}"))
    return 0


def _rows(source: str) -> list[tuple[str, MarkedSentence]]:
    from dejure.coding.dyads import parse_marked

    path = Path(source)
    if not path.is_file():
        raise InputMissing("there is no such file", value=source, cure="give a table of marked sentences")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t")
        if any(column not in (table.fieldnames or ()) for column in _COLUMNS):
            raise MalformedLine("the table lacks a column", value=source, cure="it needs uid and marked_sentence")
        found = []
        for number, row in enumerate(table, start=2):
            where = f"{source}, line {number}"
            if not (row["marked_sentence"] or "").strip():
                raise MalformedLine("a row has no sentence", value=where)
            found.append((row["uid"], parse_marked(row["marked_sentence"], where)))
    return found
