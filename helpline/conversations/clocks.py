"""The clocks that run while an agent serves: on a silent contact, on a silent agent, and on the length of the service.

Each is a timer with the conversation's id for a key. When it rings it looks at the conversation and at the settings anew: what is
no longer so is passed over, and what is to last longer by now rings again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from helpline.core import Tx
from helpline.core.jobs import Job
from helpline.people import Agent
from helpline.session_settings import in_force
from helpline.session_settings.closure import Closure

from . import serving
from .messages import note_event
from .models import Conversation, State

Since = Callable[[Conversation], datetime | None]
After = Callable[[Closure], int]


def contact_silent(conversation: Conversation) -> datetime | None:
    """Since when the contact owes an answer: only while the last word is the agent's, who has not put it aside."""
    owes = _is_served(conversation) and conversation.last_by == "agent" and conversation.snoozed_at is None
    return conversation.last_at if owes else None


def agent_silent(conversation: Conversation) -> datetime | None:
    """Since when the agent in charge owes an answer; not for what the contact waited in the queue."""
    if not _is_served(conversation) or conversation.waiting_since is None:
        return None
    return max(conversation.waiting_since, conversation.assigned_at or conversation.waiting_since)


def served(conversation: Conversation) -> datetime | None:
    """Since when the agent in charge has it."""
    return conversation.assigned_at if _is_served(conversation) else None


def start(tx: Tx, job: Job, conversation_id: str, since: datetime | None, seconds: int) -> None:
    """Have a clock ring so long after something, unless it is switched off or nothing was."""
    if since is not None and seconds > 0:
        tx.enqueue(job, key=conversation_id, at=since + timedelta(seconds=seconds), conversation_id=conversation_id)


def rung(tx: Tx, job: Job, conversation_id: str, since: Since, after: After) -> tuple[Conversation, Closure] | None:
    """The conversation, held, and what is set for it, if what the clock was for is still so and long enough."""
    (conversation,) = serving.hold(tx, conversation_id)
    closure = in_force(tx, conversation.category_id).closure
    began, seconds = since(conversation), after(closure)
    if began is None or seconds <= 0:
        return None
    if began + timedelta(seconds=seconds) > tx.now:
        start(tx, job, conversation_id, began, seconds)
        return None
    return conversation, closure


def late(tx: Tx, conversation: Conversation, event: str) -> dict[str, Any]:
    """Put into the log how late an answer is; what the fact about it says."""
    since = agent_silent(conversation) or tx.now
    waited = round((tx.now - since).total_seconds(), 3)
    agent = tx.get(Agent, str(conversation.agent_id))
    conversation.version += 1
    note_event(tx, conversation.id, event, agent_id=agent.id, agent_name=agent.name, waited_seconds=waited)
    return {"conversation_id": conversation.id, "agent_id": agent.id, "waited_seconds": waited}


def _is_served(conversation: Conversation) -> bool:
    return conversation.state == State.ACTIVE
