"""One file that tells who recognises a polity: text, maps, timeline, tables, quotes, sources; as HTML and as PDF."""

from dejure.handout.facts import Handout, make_handout
from dejure.handout.page import report_page
from dejure.handout.pdf import write_pdf

__all__ = ["Handout", "make_handout", "report_page", "write_pdf"]
