"""Text analysis, the index, and the query library."""
