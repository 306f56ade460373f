"""Routes about messages that go out later."""

from helpline.core import Tx
from helpline.core.router import Routes

from . import queries, scheduled, scheduling
from .scheduled_shapes import ScheduledIn, ScheduledOut, scheduled_out

routes = Routes(tag="Conversations")


@routes.get("/conversations/{id:str}/scheduled", permission="conversation.read")
def scheduled_messages(tx: Tx, id: str) -> list[ScheduledOut]:
    """What is still to go out in this conversation, by its time."""
    queries.visible(tx, id)
    return [scheduled_out(tx, row) for row in scheduled.waiting(tx, id)]


@routes.post("/conversations/{id:str}/scheduled", permission="conversation.reply")
def schedule(tx: Tx, id: str, data: ScheduledIn) -> ScheduledOut:
    """Answer the contact later: at `send_at`, or without it as soon as it cannot be taken back any more."""
    return scheduled_out(tx, scheduling.schedule(tx, id, data))


@routes.post("/scheduled-messages/{id:str}/send", permission="conversation.reply", status=200)
def send_now(tx: Tx, id: str) -> ScheduledOut:
    """Have it go out now."""
    return scheduled_out(tx, scheduling.send_now(tx, id))


@routes.post("/scheduled-messages/{id:str}/take-back", permission="conversation.reply", status=200)
def take_back(tx: Tx, id: str) -> ScheduledOut:
    """Take back what you wrote: it does not go out, and is in your draft again. Refused once it has gone out."""
    return scheduled_out(tx, scheduling.take_back(tx, id))


@routes.delete("/scheduled-messages/{id:str}", permission="conversation.reply", status=200)
def discard(tx: Tx, id: str) -> ScheduledOut:
    """Have it not go out. Refused once it has."""
    return scheduled_out(tx, scheduling.discard(tx, id))
