"""Report to Reading: sentences, dependency parse, dates, quotations. Knows nothing of politics or storage."""
