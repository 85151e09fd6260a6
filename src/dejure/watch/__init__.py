"""Feeds watched: new items coded, recorded in a ledger, and what they changed told to people and machines."""

from __future__ import annotations

from dejure.watch.news import News, Rules
from dejure.watch.watcher import PassReport, Watcher, WatchSettings

__all__ = ["News", "PassReport", "Rules", "WatchSettings", "Watcher"]
