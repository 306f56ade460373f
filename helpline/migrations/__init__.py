"""The schema's history: one line, each step reviewed, never changed after it landed."""

NEWEST = "0078"
"""The revision that this version needs; here, so that a start need not load what migrates."""
