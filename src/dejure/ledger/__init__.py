"""Who recognises whom: entries with evidence, the stories that they come from, and views of them."""

from dejure.ledger.acts import ActRecord
from dejure.ledger.contradictions import Contradiction
from dejure.ledger.counts import Count
from dejure.ledger.entries import Claim, Entry, Evidence, Interval, Judgement, Recorder, Series, SourceReport
from dejure.ledger.ledger import Ledger, open_ledger
from dejure.ledger.rules import CountRules
from dejure.ledger.standing import Standing
from dejure.ledger.surveys import Difference

__all__ = [
    "ActRecord",
    "Claim",
    "Contradiction",
    "Count",
    "CountRules",
    "Difference",
    "Entry",
    "Evidence",
    "Interval",
    "Judgement",
    "Ledger",
    "Recorder",
    "Series",
    "SourceReport",
    "Standing",
    "open_ledger",
]
