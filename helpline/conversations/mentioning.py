"""Colleagues who are asked into a conversation by a note: they may read it, and are told."""

from sqlalchemy import exists, select, update

from helpline.core import Invalid, Tx, Update, new_id
from helpline.people import Agent

from .events import AgentMentioned, MentionsRead
from .models import Conversation, Mention
from .shapes import MentionOut, MessageIn, MessageOut

MOST_SHOWN = 200


class MentionInAnswer(Invalid):
    """Colleagues are mentioned in notes; the contact would read it."""


class UnknownColleague(Invalid):
    """There is no such colleague to mention."""


def ask_in(tx: Tx, conversation: Conversation, said: MessageIn) -> list[str]:
    """The colleagues a message mentions, each once; they follow the conversation from now on."""
    if said.mentions and said.visibility == "public":
        raise MentionInAnswer(field="mentions")
    ids = list(dict.fromkeys(said.mentions))
    found = [tx.find(Agent, id) for id in ids]
    if not all(agent and agent.active for agent in found):
        raise UnknownColleague(field="mentions")
    if new := {*ids} - {tx.actor.id, *conversation.mentioned}:
        conversation.mentioned = sorted({*conversation.mentioned, *new})
    return ids


def mention(tx: Tx, note: MessageOut) -> None:
    """Tell those whom a note mentions, apart from its author."""
    for agent_id in note.mentions:
        if agent_id == note.author.id:
            continue
        row = Mention(workspace_id=tx.workspace_id, id=new_id(), agent_id=agent_id, message_id=note.id, at=tx.now)
        row.conversation_id, row.seq, row.by_id, row.by_name = (
            note.conversation_id,
            note.seq,
            note.author.id,
            note.author.name,
        )
        tx.db.add(row)
        told = AgentMentioned(conversation_id=note.conversation_id, mention_id=row.id, agent_id=agent_id)
        tx.emit(told)


def mark_read(tx: Tx, conversation_id: str, seq: int) -> None:
    """The actor has read where they are mentioned, up to ``seq``."""
    mine = update(Mention).where(
        Mention.workspace_id == tx.workspace_id,
        Mention.agent_id == tx.actor.id,
        Mention.conversation_id == conversation_id,
        Mention.seq <= seq,
        Mention.read_at.is_(None),
    )
    ids = tx.execute(mine.values(read_at=tx.now).returning(Mention.id)).scalars().all()
    tx.expire()
    if ids:
        tx.emit(MentionsRead(conversation_id=conversation_id, agent_id=tx.actor.id, mention_ids=sorted(ids)))


def has_unread(tx: Tx, conversation_id: str, seq: int) -> bool:
    """Whether the actor is mentioned there, up to ``seq``, and has not read it."""
    there = exists().where(
        Mention.workspace_id == tx.workspace_id,
        Mention.agent_id == tx.actor.id,
        Mention.conversation_id == conversation_id,
        Mention.seq <= seq,
        Mention.read_at.is_(None),
    )
    return bool(tx.db.scalar(select(there)))


def mine(tx: Tx) -> list[MentionOut]:
    """Where the actor was mentioned, the newest first."""
    rows = select(Mention).where(Mention.workspace_id == tx.workspace_id, Mention.agent_id == tx.actor.id)
    rows = rows.order_by(Mention.at.desc(), Mention.id.desc()).limit(MOST_SHOWN)
    return [mention_out(row) for row in tx.db.scalars(rows)]


def mention_out(row: Mention) -> MentionOut:
    """A mention as the agent sees it."""
    return MentionOut(**{name: getattr(row, name) for name in MentionOut.__struct_fields__})


def mention_update(tx: Tx, id: str, also: frozenset[str]) -> Update:
    """What the desks of the one who is mentioned are told."""
    row = tx.get(Mention, id)
    return Update.of("mention", id, mention_out(row), {f"agent:{row.agent_id}", *also})
