"""What follows for canned responses."""

from helpline.core import Tx

from .events import CannedResponseSet
from .shapes import canned_response_update


def show_canned_response(tx: Tx, fact: CannedResponseSet) -> None:
    """Desks learn that there is something new to ask for; of what was always private, only the writer's."""
    tx.touch(canned_response_update, fact.id, f"agent:{fact.agent_id}" if fact.private else "everyone")
