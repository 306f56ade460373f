"""What an agent writes: answers to the contact and internal notes."""

from datetime import datetime

from helpline.channels.kinds import can, refusal
from helpline.core import Conflict, Forbidden, Invalid, Tx
from helpline.files import FileOut
from helpline.files.actions import attach

from . import choosing, mentioning, queries, templating
from .events import ConversationAnswered, ConversationSeen, MessageSent
from .messages import NothingToSay, advance, find_sent, insert_message, show_progress
from .models import Conversation, Message, State
from .particulars import Mail, Particulars, SentTemplate, holds, read
from .shapes import AuthorOut, MessageIn, MessageOut, message_out
from .windows import why_not_answered


class NewerMessages(Conflict):
    """Somebody wrote meanwhile; read it before you send."""


class ConversationEnded(Conflict):
    """The conversation is closed. A note can still be left; the contact cannot be answered here any more."""

    @classmethod
    def code(cls) -> str:
        return "conversation_closed"


class FileNotTaken(Invalid):
    """The channel does not take this file."""


class NotQuotable(Invalid):
    """An answer cannot point at this message here."""


class NotAnswerable(Invalid):
    """This is no mail that came into this conversation."""


class NotYours(Forbidden):
    """Only the agent in charge answers the contact. Take the conversation, or leave a note."""


def send(tx: Tx, conversation_id: str, said: MessageIn) -> MessageOut:
    """Write to the contact or leave a note.

    The same client-made id again gives the same answer. An answer is refused when somebody else wrote publicly after
    ``seen_up_to``, unless ``anyway``.
    """
    conversation = queries.visible(tx, conversation_id)
    sent = find_sent(tx, conversation.channel_id, f"{tx.actor.id}/{said.id}")
    if sent is not None:
        return sent
    (conversation,) = tx.lock(Conversation, conversation_id)
    said = templating.spoken(tx, conversation, said)
    return write(tx, conversation, said, check(tx, conversation, said))


def check(tx: Tx, conversation: Conversation, said: MessageIn, at: datetime | None = None) -> list[FileOut]:
    """Refuse what cannot be said here, now or ``at`` a time; the files that go with the rest, which are kept from now on."""
    files = attach(tx, said.file_ids)
    if not said.text.strip() and not files:
        raise NothingToSay(field="text")
    choosing.check(conversation, said)
    if said.visibility == "public":
        _may_answer(tx, conversation, said, at)
        for file in files:
            if why := refusal(conversation.channel_kind, file.media_type, file.size):
                raise FileNotTaken(f"{file.name}: {why}", field="file_ids")
    _check_quote(tx, conversation, said)
    if said.mail and said.mail.answered is not None:
        check_answered(tx, conversation, said.mail.answered)
    return files


def write(tx: Tx, conversation: Conversation, said: MessageIn, files: list[FileOut]) -> MessageOut:
    """Write what was looked at. The caller holds the conversation."""
    public, text = said.visibility == "public", said.text
    mentions = mentioning.ask_in(tx, conversation, said)
    was_open, spoke_first = conversation.state != State.CLOSED, not conversation.last_by
    moved = advance(
        tx,
        conversation.id,
        by="agent" if public else "event",
        text=text or files[0].name,
        holds=holds(text, files, None),
        asks=bool(said.choices),
    )
    message = insert_message(
        tx,
        moved,
        author=AuthorOut(kind="agent", id=tx.actor.id, name=tx.actor.name),
        kind="text" if text else "file",
        text=text,
        files=files,
        visibility=said.visibility,
        external_id=f"{tx.actor.id}/{said.id}",
        mentions=mentions,
        details=_details(said, templating.links(tx, conversation, said)),
    )
    mentioning.mention(tx, message)
    show_progress(tx, moved)
    sent_fact = MessageSent(
        conversation_id=conversation.id,
        message_id=message.id,
        seq=message.seq,
        agent_id=tx.actor.id,
        visibility=said.visibility,
        draft=said.draft,
    )
    tx.emit(sent_fact)
    if public and was_open and conversation.record_id is None:
        direction = "outbound" if spoke_first else "inbound"
        tx.emit(ConversationAnswered(conversation_id=conversation.id, agent_id=tx.actor.id, direction=direction))
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
    shown = can(conversation.channel_kind).shows_read
    tx.emit(ConversationSeen(conversation_id=conversation_id, seq=conversation.last_seq, shown=shown))
    return conversation


def _details(said: MessageIn, links: list[str]) -> Particulars | None:
    if said.visibility != "public" or not (said.mail or said.reply_to or said.template or said.choices):
        return None
    template = None
    if chosen := said.template:
        template = SentTemplate(name=chosen.name, language=chosen.language, values=chosen.values, links=links)
    given = said.mail
    mail = Mail(subject=given.subject, cc=given.cc, bcc=given.bcc, answered=given.answered) if given else None
    return Particulars(mail=mail, reply_to=said.reply_to or "", template=template, choices=said.choices)


def _check_quote(tx: Tx, conversation: Conversation, said: MessageIn) -> None:
    if said.reply_to is None:
        return
    message, quotes = tx.find(Message, said.reply_to), can(conversation.channel_kind).quotes
    if message is None or message.conversation_id != conversation.id or message.kind == "event":
        raise NotQuotable(field="reply_to")
    particulars = read(message.details) or Particulars()
    is_marked = quotes == "all" or (quotes == "marked" and "quote" in particulars.tokens)
    if {said.visibility, message.visibility} != {"public"} or not is_marked or particulars.deleted_at:
        raise NotQuotable(field="reply_to")


def check_answered(tx: Tx, conversation: Conversation, answered: str, field: str = "mail.answered") -> None:
    """Refuse what is no mail of the contact here; an answer to none goes to where the contact is reached."""
    if not answered:
        return
    message = tx.find(Message, answered)
    particulars = read(message.details) if message is not None and message.author_kind == "contact" else None
    if message is None or message.conversation_id != conversation.id or particulars is None or particulars.mail is None:
        raise NotAnswerable(field=field)


def _may_answer(tx: Tx, conversation: Conversation, said: MessageIn, at: datetime | None) -> None:
    if conversation.state == State.CLOSED:
        raise ConversationEnded
    if conversation.state != State.ACTIVE or conversation.agent_id != tx.actor.id:
        raise NotYours
    if why_not := why_not_answered(tx, conversation, by_template=said.template is not None, at=at):
        raise why_not
    if said.anyway or said.seen_up_to is None:
        return
    newer = queries.newer_public(tx, conversation.id, said.seen_up_to, but_not_by=tx.actor.id)
    if newer:
        raise NewerMessages(messages=[message_out(message) for message in newer])
