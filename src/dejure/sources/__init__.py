"""Bytes to reports: files, folders, standard input; plain text, web pages, JSON lines.

Knows nothing of politics, and of language only which one a text is in.
"""

from __future__ import annotations

from dejure.sources.batches import AT_ONCE, in_batches
from dejure.sources.checks import checked_date, reject
from dejure.sources.files import SUFFIXES, InputFormat, find_files, is_special, open_reports
from dejure.sources.html import read_html
from dejure.sources.jsonl import read_lines, report_from_mapping
from dejure.sources.language import PATTERN_LANGUAGES, READ_LANGUAGES, detect_language, language_name, require_readable
from dejure.sources.text import frame, read_text

__all__ = [
    "AT_ONCE",
    "PATTERN_LANGUAGES",
    "READ_LANGUAGES",
    "SUFFIXES",
    "InputFormat",
    "checked_date",
    "detect_language",
    "find_files",
    "frame",
    "in_batches",
    "is_special",
    "language_name",
    "open_reports",
    "read_html",
    "read_lines",
    "read_text",
    "reject",
    "report_from_mapping",
    "require_readable",
]
