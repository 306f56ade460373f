"""The schema's history: one line, each step reviewed, never changed after it landed."""
