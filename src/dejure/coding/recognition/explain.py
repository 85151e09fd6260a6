"""Why this act, this flag, this date: the words, the rules that fired, what lost. Derived again from the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dejure.coding.recognition.again import Draft, key_of
from dejure.coding.recognition.build import find_drafts, find_recognition
from dejure.coding.recognition.other_languages import acts_by_pattern
from dejure.coding.scene import Scene
from dejure.reading.reading import read_report
from dejure.records import Recognition, Report
from dejure.reference.overlay import use_overlay
from dejure.settings import Settings
from dejure.sources.language import PATTERN_LANGUAGES
from dejure.when import When

__all__ = ["Explanation", "explain_report"]

_BASES = {
    "text": "the words give it whole",
    "relative": "counted from the day of publication or a date before",
    "publication": "no date of its own: news takes the day of publication",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a record of recognition says what it says.

    Attributes
    ----------
    id : str
        Of the record.
    told : str
        The record in a line: who, act, about whom.
    words : str
        Its evidence.
    act, flag, date : str
        The rule or steps that led to the act, to `asserted`, to the date.
    lost : tuple of str
        What else was found and gave way: other tellings of the act, words of recognition in the same sentence that
        gave no record.
    """

    id: str
    told: str
    words: str
    act: str
    flag: str
    date: str
    lost: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """The explanation for people, line by line."""
        yield f"{self.id}  {self.told}"
        yield f'  words  "{self.words}"'
        yield f"  act    {self.act}"
        yield f"  flag   {self.flag}"
        yield f"  date   {self.date}"
        for one in self.lost:
            yield f"  lost   {one}"


def explain_report(report: Report, settings: Settings) -> list[Explanation]:
    """Explanations of all acts of recognition of a report, in the order of the text.

    Raises
    ------
    NoSentence
        If the report holds no sentence.
    ModelError
        If the language model is missing or not the pinned one.
    """
    use_overlay(settings.reference)
    if report.language in PATTERN_LANGUAGES:
        found = acts_by_pattern(report, report.language or "")
        return [
            _explained(record, "a pattern of the language, names masked", "stated by the pattern", ())
            for record in found
        ]
    reading = read_report(report, settings)
    records = find_recognition(Scene.of(reading))
    scene = Scene.of(reading)
    drafts = find_drafts(scene)
    return [_of_record(scene, record, drafts) for record in records]


def _of_record(scene: Scene, record: Recognition, drafts: list[Draft]) -> Explanation:
    own = next((d for d in drafts if d.record.id == record.id), None)
    if own is None:
        return _explained(record, "unknown", "unknown", ())
    rule = own.trigger.rule if own.trigger is not None else "a list"
    bare = f", bare act {own.trigger.base}" if own.trigger is not None else ""
    steps = " > ".join(own.verdict.steps)
    act = f"{rule}{bare}" + (f"; then {steps}" if steps else "; nothing stands over it")
    lost = [*_other_tellings(record, own, drafts), *_unused(scene, own)]
    return _explained(record, act, _flag(record, own), tuple(dict.fromkeys(lost)))


def _flag(record: Recognition, own: Draft) -> str:
    if record.asserted:
        return "asserted: the writer states it, or the acting party announces it"
    who = ", ".join(one.name for one in record.attributed_to)
    steps = ", ".join(own.verdict.steps) or "taken back later in the text"
    return f"not asserted ({steps})" + (f"; on the word of {who}" if who else "")


def _other_tellings(record: Recognition, own: Draft, drafts: list[Draft]) -> Iterator[str]:
    for draft in drafts:
        other = draft.record
        same = key_of(other) == key_of(record) and other.recognised.id == record.recognised.id
        if not same or draft is own:
            continue
        what = "the same act" if other.act == record.act else f"{other.act}, a record of its own"
        flag = "" if other.asserted else ", not asserted"
        yield f'{what}{flag}, in "{other.evidence.quote}" ({_date(other.when)})'


def _unused(scene: Scene, own: Draft) -> Iterator[str]:
    for sentence, i, rule, why in scene.unused:
        if sentence.index == own.sentence.index:
            yield f'"{sentence.tokens[i].text}" ({rule}) gave no record: {why}'


def _explained(record: Recognition, act: str, flag: str, lost: tuple[str, ...]) -> Explanation:
    who = record.recogniser.name if record.recogniser is not None else "nobody in particular"
    return Explanation(
        id=record.id, told=f"{who}: {record.act} {record.recognised.id}", words=record.evidence.quote, act=act,
        flag=flag, date=_date(record.when), lost=lost,
    )  # fmt: skip


def _date(when: When | None) -> str:
    if when is None:
        return "none: a standing or past fact without a date"
    return f"{when.text() or 'unresolved'}: {_BASES.get(when.basis, when.basis)}"
