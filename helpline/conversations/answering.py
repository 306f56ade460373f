"""What an agent writes: answers to the contact and internal notes."""

from helpline.core import Conflict, Forbidden, Tx
from helpline.files.actions import attach

from . import mentioning, queries
from .events import ConversationAnswered, ConversationSeen, MessageSent
from .messages import NothingToSay, advance, find_sent, insert_message, show_progress
from .models import Conversation, State
from .shapes import AuthorOut, MessageIn, MessageOut, message_out


class NewerMessages(Conflict):
    """Somebody wrote meanwhile; read it before you send."""


class ConversationEnded(Conflict):
    """The conversation is closed. A note can still be left; the contact cannot be answered here any more."""

    @classmethod
    def code(cls) -> str:
        return "conversation_closed"


class NotYours(Forbidden):
    """Only the agent in charge answers the contact. Take the conversation, or leave a note."""


def send(tx: Tx, conversation_id: str, said: MessageIn) -> MessageOut:
    """Write to the contact or leave a note.

    The same client-made id again gives the same answer. An answer is refused when somebody else wrote publicly after
    ``seen_up_to``, unless ``anyway``.
    """
    conversation = queries.visible(tx, conversation_id)
    external_id = f"{tx.actor.id}/{said.id}"
    sent = find_sent(tx, conversation.channel_id, external_id)
    if sent is not None:
        return sent
    (conversation,) = tx.lock(Conversation, conversation_id)
    public = said.visibility == "public"
    text = said.text
    files = attach(tx, said.file_ids)
    if not text.strip() and not files:
        raise NothingToSay(field="text")
    mentions = mentioning.ask_in(tx, conversation, said)
    if public:
        _may_answer(tx, conversation, said)
    spoke_first = not conversation.last_by
    moved = advance(tx, conversation_id, by="agent" if public else "event", text=text or files[0].name)
    message = insert_message(
        tx,
        moved,
        author=AuthorOut(kind="agent", id=tx.actor.id, name=tx.actor.name),
        kind="text" if text else "file",
        text=text,
        files=files,
        visibility=said.visibility,
        external_id=external_id,
        mentions=mentions,
    )
    mentioning.mention(tx, message)
    show_progress(tx, moved)
    sent_fact = MessageSent(
        conversation_id=conversation_id,
        message_id=message.id,
        seq=message.seq,
        agent_id=tx.actor.id,
        visibility=said.visibility,
        draft=said.draft,
    )
    tx.emit(sent_fact)
    if public and conversation.record_id is None:
        direction = "outbound" if spoke_first else "inbound"
        tx.emit(ConversationAnswered(conversation_id=conversation_id, agent_id=tx.actor.id, direction=direction))
    return message


def mark_seen(tx: Tx, conversation_id: str, seq: int) -> Conversation:
    """The agent in charge has read everything; nothing is unread, and one that woke has been looked at. A mention is read."""
    conversation = queries.visible(tx, conversation_id)
    if mentioning.has_unread(tx, conversation_id, seq):
        mentioning.mark_read(tx, conversation_id, seq)
    news = conversation.unread or conversation.woken_at
    if conversation.agent_id != tx.actor.id or not news or seq < conversation.last_seq:
        return conversation
    (conversation,) = tx.lock(Conversation, conversation_id)
    conversation.unread, conversation.woken_at = 0, None
    conversation.version += 1
    tx.emit(ConversationSeen(conversation_id=conversation_id, seq=conversation.last_seq))
    return conversation


def _may_answer(tx: Tx, conversation: Conversation, said: MessageIn) -> None:
    if conversation.state == State.CLOSED:
        raise ConversationEnded
    if conversation.state != State.ACTIVE or conversation.agent_id != tx.actor.id:
        raise NotYours
    if said.anyway or said.seen_up_to is None:
        return
    newer = queries.newer_public(tx, conversation.id, said.seen_up_to, but_not_by=tx.actor.id)
    if newer:
        raise NewerMessages(messages=[message_out(message) for message in newer])
