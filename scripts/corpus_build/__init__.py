"""The build of the PLOVER corpus: authored text to JSON lines, and what is checked on the way."""
