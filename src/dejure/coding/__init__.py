"""Reading to Coding: events, recognition acts, statements, silences, background claims."""

from dejure.coding.report import code_reading, code_report, code_reports

__all__ = ["code_reading", "code_report", "code_reports"]
