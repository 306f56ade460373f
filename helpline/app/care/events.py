"""What happens when somebody takes care."""

from dataclasses import dataclass

from helpline.core import Audited


@dataclass(frozen=True, kw_only=True)
class DamageRepaired(Audited):
    """`helpline doctor --repair` mended rows that follow from others: of which kind of finding, and how many."""

    code: str
    count: int
