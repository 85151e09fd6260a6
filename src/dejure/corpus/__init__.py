"""Many reports: event data sets in columns, resumable runs over processes, counts per dyad and period."""
