"""`dejure train`: the models' weights, from the corpus."""

from __future__ import annotations

import json
from pathlib import Path

import click

__all__ = ["command"]


@click.command("train")
@click.argument("model", type=click.Choice(["base", "full", "words", "deeds", "sureness", "gate"]))
@click.argument("corpus", metavar="SENTENCES.jsonl")
@click.argument("folder", metavar="DIR")
@click.option(
    "--pause-after", type=float, metavar="SECONDS", help="Stop at a checkpoint after so long; run again to go on."
)
def command(model: str, corpus: str, folder: str, pause_after: float | None) -> int:
    """Train a model on the corpus and write its weights and their card into DIR.

    Needs the extra [training]. `base` takes a minute; `full` takes long and can be paused: what is done is kept in DIR
    and taken up again. `words` makes vectors of words, without the corpus; `deeds` needs them in DIR. `sureness` tells
    how sure `full` is of its events, by the weights of the package, and comes after all of these.
    `gate` takes the folder of all corpora in place of SENTENCES.jsonl.
    """
    if model == "base":
        from dejure.coding.type_training import train_base

        card = train_base(Path(corpus), Path(folder))
    elif model == "words":
        from dejure.coding.deed_training import train_words

        card = train_words(Path(folder))
    elif model == "deeds":
        from dejure.coding.deed_training import train_deeds

        card = train_deeds(Path(corpus), Path(folder))
    elif model == "sureness":
        from dejure.coding.deed_training import train_sureness

        card = train_sureness(Path(corpus), Path(folder))
    elif model == "gate":
        from dejure.coding.gate_training import train_gate

        card = train_gate(Path(corpus), Path(folder))
    else:
        from dejure.coding.type_training import train_full

        told = train_full(Path(corpus), Path(folder), pause_after)
        if told is None:
            click.echo("dejure: paused; run the same command again to go on", err=True)
            return 0
        card = told
    click.echo(json.dumps(card, indent=1, ensure_ascii=False))
    return 0
