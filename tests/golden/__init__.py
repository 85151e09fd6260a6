"""Codings of bundled reports, kept whole, to be read by eye when they change."""
