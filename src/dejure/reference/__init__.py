"""Polities, organisations, people, roles and their names, each with dates, from tables shipped with the package."""
