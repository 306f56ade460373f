"""What contacts are told by itself on their way: the workspace's prompts, in their language."""

import re
from typing import Any

from helpline.channels import Owner
from helpline.channels.kinds import can
from helpline.core import Tx
from helpline.people import Agent
from helpline.people.queries import workspace
from helpline.session_settings import PromptName, in_force
from helpline.session_settings.prompts import said_in

from .events import MessageAutomated
from .messages import SYSTEM, advance, insert_message
from .models import CloseReason, Conversation
from .shapes import MessageOut
from .speaking import languages

SAID_AT_THE_END: dict[CloseReason, PromptName] = {
    CloseReason.AGENT_CLOSED: "closed",
    CloseReason.CONTACT_CLOSED: "closed",
    CloseReason.ABANDONED: "closed",
    CloseReason.CONTACT_TIMEOUT: "idle_close",
    CloseReason.SERVICE_LIMIT: "closed",
    CloseReason.NO_AGENT: "connect_failed",
    CloseReason.OUT_OF_HOURS: "connect_failed",
}
OF_THE_MOMENT: set[PromptName] = {"connecting", "connected", "queue", "idle_reminder", "no_agents"}
"""No mail is written for these."""
_VARIABLE = re.compile(r"\$([A-Za-z][A-Za-z0-9_]*)")


def say(
    tx: Tx, conversation: Conversation, prompt: PromptName, *, below: str = "", **variables: Any
) -> MessageOut | None:
    """Tell the contact a prompt, unless it is switched off; ``QueuePosition=3`` fills in ``$QueuePosition``.

    ``below`` it stands what has to be said in any case.
    """
    if prompt in OF_THE_MOMENT and not can(conversation.channel_kind).live:
        return None
    chosen = getattr(in_force(tx, conversation.category_id).prompts, prompt)
    text = said_in(chosen.texts, languages(tx, conversation)) if chosen.on else ""
    text = f"{filled(text, _known(tx, conversation) | variables)}\n{below}".strip()
    if not text:
        return None
    moved = advance(tx, conversation.id, by="event")
    message = insert_message(tx, moved, author=SYSTEM, text=text)
    tx.emit(MessageAutomated(conversation_id=conversation.id, message_id=message.id, seq=message.seq))
    return message


def say_end(tx: Tx, conversation: Conversation, reason: CloseReason) -> None:
    """Say goodbye where somebody ended it or the contact fell silent, and that nobody could be given where that is why."""
    if prompt := SAID_AT_THE_END.get(reason):
        say(tx, conversation, prompt)


def filled(text: str, variables: dict[str, Any]) -> str:
    """The text with its ``$Variables`` filled in; a ``$Word`` that stands for nothing stays as it is."""
    return _VARIABLE.sub(lambda found: str(variables.get(found[1], found[0])), text)


def _known(tx: Tx, conversation: Conversation) -> dict[str, Any]:
    owner = tx.find(Owner, conversation.owner_id)
    known = {
        "ContactName": conversation.contact_name,
        "OwnerName": owner.name if owner else workspace(tx).name,
    }
    agent = tx.find(Agent, conversation.agent_id)
    return known | {"AgentName": agent.name} if agent else known
