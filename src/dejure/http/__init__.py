"""The HTTP interface: questions to the observatory as addresses, answers as JSON. Needs the extra `[web]`."""
