"""The board of an entry: from the id of an act, or a polity and a day, to who responds how."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from dejure.analysis.board import Board, BoardAct, BoardInput, BoardSettings, make_board
from dejure.analysis.corpus_in import board_input_of_corpus
from dejure.analysis.records_in import board_acts_of_ledger, slug_of_actor
from dejure.analysis.states import StateSystem, load_contested, state_system
from dejure.corpus.store import Corpus
from dejure.errors import BadDate, InputMissing, UnknownParty
from dejure.ledger import Ledger
from dejure.reference.tables import load_polities, read_table

__all__ = ["anchor_of", "ask_board", "board_to_dict"]


#: Digits of an entry's id that tell it from all others.
_LEAST_OF_AN_ID = 8


def ask_board(
    entry: str, *, window_days: int = 30, on: dt.date | None = None, settings: BoardSettings | None = None,
    given: BoardInput | None = None, ledger: Ledger | None = None, corpus: Corpus | None = None,
) -> Board:  # fmt: skip
    """The board of an act of the shipped history, or of a polity on a day.

    Parameters
    ----------
    entry : str
        Id of an act of the shipped history or of the ledger, or `POLITY@DATE`.
    window_days : int
        Days after the act.
    on : datetime.date, optional
        As known on this day, with changes since the day before.
    settings : BoardSettings, optional
    given : BoardInput, optional
        Rows of reports, beside the acts of the shipped history.
    ledger : Ledger, optional
        Its acts count, too. What states said, and whether they kept silent, is read from reports alone.
    corpus : Corpus, optional
        Its reports of the window count, too.

    Raises
    ------
    InputMissing
        If no act has this id.
    BadDate
        If the day is none, or the window ends after the last day there is.
    """
    system = state_system()
    polity, day, recogniser = anchor_of(entry, ledger)
    given = given or BoardInput()
    own = _of_ledger(ledger, polity, on, system)
    end = _end(day, window_days)
    if corpus is not None:
        given = _both(given, board_input_of_corpus(corpus, polity, day, end, system))
    rows = _both(BoardInput(acts=(*_history(polity, system), *own)), given)
    return make_board(
        rows, system, polity=polity, act_day=day, window_days=window_days, as_of=on, settings=settings,
        excluded=[recogniser, *_own(polity)],
    )  # fmt: skip


def _end(day: dt.date, window_days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=window_days)
    except OverflowError as error:
        raise BadDate("the window ends after the last day there is", value=day, cure="choose an earlier day") from error


def _both(one: BoardInput, other: BoardInput) -> BoardInput:
    return BoardInput(
        acts=(*one.acts, *other.acts), statements=(*one.statements, *other.statements),
        silences=(*one.silences, *other.silences), stories=(*one.stories, *other.stories),
    )  # fmt: skip


def board_to_dict(board: Board) -> dict[str, Any]:
    """JSON form of a board."""
    told = asdict(board)
    return {
        **told, "act_day": board.act_day.isoformat(), "window_end": board.window_end.isoformat(),
        "rows": [{name: list(v) if isinstance(v, tuple) else v for name, v in row.items()} for row in told["rows"]],
    }  # fmt: skip


def anchor_of(entry: str, ledger: Ledger | None = None) -> tuple[str, dt.date, str]:
    """Polity, day and recogniser of an entry; the recogniser is empty for `POLITY@DATE`."""
    if "@" in entry:
        polity, _, cell = entry.partition("@")
        try:
            return polity, dt.date.fromisoformat(cell), ""
        except ValueError as error:
            raise BadDate("the day of the act is none", value=cell, cure="write POLITY@YYYY-MM-DD") from error
    for row in read_table("history.csv"):
        if row["entry"] == entry:
            return row["recognised"], dt.date.fromisoformat(row["latest"]), row["recogniser_slug"]
    found = _act_of_entry(ledger, entry) if ledger is not None and ledger.store is not None else None
    if found is not None:
        return found
    raise InputMissing("no act has this id", value=entry, cure="give the id of an act, or POLITY@DATE")


def _act_of_entry(ledger: Ledger, entry: str) -> tuple[str, dt.date, str] | None:
    """Polity, day and state of the act that an entry of a ledger, by the beginning of its id, tells of."""
    for polity in ledger.polities() if len(entry) >= _LEAST_OF_AN_ID else ():
        for one in ledger.acts(polity):
            if not any(held.id.startswith(entry) for held in one.entries):
                continue
            day = one.cluster.latest or one.cluster.earliest
            if day is None:
                raise BadDate("the act has no date", value=entry, cure="write POLITY@YYYY-MM-DD")
            return one.recognised, day, slug_of_actor(one.recogniser, day, state_system()) or one.recogniser or ""
    return None


def _of_ledger(ledger: Ledger | None, polity: str, on: dt.date | None, system: StateSystem) -> list[BoardAct]:
    if ledger is None or ledger.store is None:
        return []
    try:
        return board_acts_of_ledger(ledger.acts(polity, known=on), system)
    except UnknownParty:
        # A polity that only the reports know.
        return []


def _own(polity: str) -> list[str]:
    """States that claim the polity or that it claims to govern: they have no response of their own."""
    told, known = load_contested().get(polity), load_polities().get(polity)
    own = [known.parent] if known and known.parent and known.capacity == "government" else []
    return [*own, *(told.parents if told and told.kind == "government" else ())]


def _history(polity: str, system: StateSystem) -> list[BoardAct]:
    found = []
    for row in read_table("history.csv"):
        if row["recognised"] == polity and row["recogniser_slug"] in system.index and row["asserted"] == "1":
            latest = dt.date.fromisoformat(row["latest"])
            found.append(
                BoardAct(
                    actor=row["recogniser_slug"], act=row["act"], latest=latest, known=latest,
                    earliest=dt.date.fromisoformat(row["earliest"]), report=row["entry"],
                )
            )  # fmt: skip
    return found
