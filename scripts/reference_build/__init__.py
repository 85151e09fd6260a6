"""The parts of `scripts/build_reference`: one module a table, one for the checks."""
