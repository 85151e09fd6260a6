"""The JSON of answers about the ledger, for the faces of a server."""

from dejure.ledger.answers import acts_in_full, acts_in_short, review_in_short, standings_answer

__all__ = ["acts_in_full", "acts_in_short", "review_in_short", "standings_answer"]
