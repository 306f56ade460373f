"""Routes about the way of messages to contacts."""

from typing import Any

from litestar import Request

from helpline.channels.contract import Failed
from helpline.conversations import Message
from helpline.conversations import queries as conversations
from helpline.conversations.shapes import MessageOut
from helpline.core import Actor, Tx
from helpline.core.router import Routes
from helpline.core.tokens import CannotUnlock

from . import actions, showing
from .shapes import DeliveryOut, EditIn, ReactionIn, deliveries_out
from .showing import Asked, ProviderRefused

routes = Routes(tag="Conversations")


@routes.get("/messages/{id:str}/deliveries", permission="conversation.read")
def deliveries(tx: Tx, id: str) -> list[DeliveryOut]:
    """How a message came to its contact: each part, with every attempt to send it."""
    conversations.visible(tx, tx.get(Message, id).conversation_id)
    return deliveries_out(tx, id)


@routes.post("/messages/{id:str}/retry", permission="conversation.reply", status=200)
def retry(tx: Tx, id: str) -> list[DeliveryOut]:
    """Send again what failed, or what may have been lost on the way."""
    conversations.servable(tx, tx.get(Message, id).conversation_id)
    actions.retry(tx, id)
    tx.settle()
    tx.flush()
    return deliveries_out(tx, id)


@routes.put("/messages/{id:str}/reaction", permission="conversation.reply")
async def react(actor: Actor, request: Request[Any, Any, Any], id: str, data: ReactionIn) -> MessageOut:
    """Put a sign to a message, or take it away with an empty one.

    It is shown to the contact first; what their provider refuses is not done here either.
    """
    await _show(actor, request, await request.app.state.units.read(actor, showing.reacting, id, data.emoji))
    return await request.app.state.units.run(actor, showing.reacted, id, data.emoji)  # type: ignore[no-any-return]


@routes.patch("/messages/{id:str}", permission="conversation.reply")
async def edit(actor: Actor, request: Request[Any, Any, Any], id: str, data: EditIn) -> MessageOut:
    """Change what you wrote to a contact, where their provider can. What stood there is kept."""
    text = data.text.strip()
    await _show(actor, request, await request.app.state.units.read(actor, showing.editing, id, text))
    return await request.app.state.units.run(actor, showing.edited, id, text)  # type: ignore[no-any-return]


@routes.delete("/messages/{id:str}", permission="conversation.reply")
async def take_back(actor: Actor, request: Request[Any, Any, Any], id: str) -> None:
    """Take back what you wrote to a contact, where their provider can. What stood there is kept."""
    await _show(actor, request, await request.app.state.units.read(actor, showing.taking_back, id))
    await request.app.state.units.run(actor, showing.taken_back, id)


async def _show(actor: Actor, request: Request[Any, Any, Any], asked: Asked) -> None:
    await request.app.state.limits.hit("show", actor.id)
    try:
        await request.app.state.lines.show(actor.workspace_id, asked)
    except Failed as failed:
        raise ProviderRefused(f"{ProviderRefused.__doc__} {failed.detail}", why=failed.detail) from failed
    except (TimeoutError, CannotUnlock) as failed:
        raise ProviderRefused from failed
