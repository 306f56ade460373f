"""Routes about drafts."""

from helpline.conversations import queries as conversations
from helpline.core import NotFound, Tx
from helpline.core.router import Routes

from . import actions, queries
from .shapes import DraftIn, DraftOut, draft_out

routes = Routes(tag="Drafts")


@routes.get("/drafts", permission="conversation.reply")
def drafts(tx: Tx) -> list[DraftOut]:
    """Everything that you have begun to write, the latest first."""
    return [draft_out(draft) for draft in queries.all_mine(tx)]


@routes.get("/conversations/{id:str}/draft", permission="conversation.reply")
def draft(tx: Tx, id: str) -> DraftOut:
    """Your draft in this conversation; after it was sent or thrown away, an empty one."""
    conversations.visible(tx, id)
    found = queries.mine(tx, id)
    if found is None:
        raise NotFound("You have written nothing here yet.")
    return draft_out(found)


@routes.put("/conversations/{id:str}/draft", permission="conversation.reply")
def save(tx: Tx, id: str, data: DraftIn) -> DraftOut:
    """Keep what you have written so far. Refused, with the newer draft, when another desk of yours was faster."""
    return draft_out(actions.save(tx, id, data))


@routes.delete("/conversations/{id:str}/draft", permission="conversation.reply")
def discard(tx: Tx, id: str) -> None:
    """Throw your draft away."""
    conversations.visible(tx, id)
    actions.discard(tx, id)
