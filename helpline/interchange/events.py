"""What happens when the past is taken in. The past itself is told by the facts it consists of, under their own times."""

from dataclasses import dataclass

from helpline.core import Audited


@dataclass(frozen=True, kw_only=True)
class PastImported(Audited):
    """Contacts, conversations and records were taken in from elsewhere; how many of each kind were new, and changed."""

    new: dict[str, int]
    changed: dict[str, int]
