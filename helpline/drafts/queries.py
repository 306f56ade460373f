"""Questions about drafts. Everybody sees their own, and nobody else's."""

from sqlalchemy import Select, select

from helpline.core import Tx

from .models import Draft


def mine(tx: Tx, conversation_id: str) -> Draft | None:
    """The actor's draft in a conversation, also an emptied one."""
    return tx.db.scalar(_of_actor(tx).where(Draft.conversation_id == conversation_id))


def all_mine(tx: Tx) -> list[Draft]:
    """All in which something stands, the latest first."""
    return list(tx.db.scalars(_of_actor(tx).where(Draft.empty.is_(False)).order_by(Draft.saved_at.desc(), Draft.id)))


def files_held(tx: Tx) -> set[str]:
    """The files that stand in anybody's draft."""
    kept = select(Draft.files).where(Draft.workspace_id == tx.workspace_id, Draft.empty.is_(False))
    return {file["id"] for files in tx.db.scalars(kept) for file in files}


def _of_actor(tx: Tx) -> Select[Draft]:
    return select(Draft).where(Draft.workspace_id == tx.workspace_id, Draft.agent_id == tx.actor.id)
