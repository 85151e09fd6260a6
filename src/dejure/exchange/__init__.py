"""Event rows to and from the field's formats: PLOVER JSON lines, POLECAT, ICEWS, GDELT 2.0, CSV."""
