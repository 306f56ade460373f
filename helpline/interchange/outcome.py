"""What became of a line."""

from typing import Literal

Outcome = Literal["new", "changed", "unchanged"]
NEW: Outcome = "new"
CHANGED: Outcome = "changed"
UNCHANGED: Outcome = "unchanged"
