"""Trained weights: how they are made, kept and run. Knows of labelled examples, not of storage or of reports."""
