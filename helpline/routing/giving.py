"""What happens with an agent who was found: here, and nowhere else, allocation becomes service, or an offer of it."""

from helpline.conversations import Conversation, offering, serving
from helpline.conversations.rules import Why
from helpline.core import Tx
from helpline.session_settings import in_force


def give(tx: Tx, conversation: Conversation, agent_id: str, why: Why) -> None:
    """The conversation, whose team is held, goes to the agent, whose row is held: active at once, or offered."""
    service = in_force(tx, conversation.category_id).service_mode
    if service.mode == "manual":
        offering.offer(tx, conversation, agent_id, why, service.connect_within)
    else:
        serving.assign(tx, conversation, agent_id, why)
