"""A rating that comes as a message, by a channel that has no card to tap."""

from helpline.channels.kinds import can
from helpline.core import Tx
from helpline.core.errors import LostRace

from . import queries, rating, rating_words
from .events import MessageReceived
from .messages import advance, insert_message
from .models import Conversation
from .shapes import AuthorOut, MessageOut


def take(tx: Tx, kind: str, contact_point_id: str, *, text: str, external_id: str) -> MessageOut | None:
    """Take a message as the answer to an invitation that still stands; nothing when it is an ordinary one.

    It is kept in the conversation that it is about, also in a closed one, and nobody owes an answer to it.
    """
    said = None if can(kind).cards else rating_words.written(text)
    about = said and queries.latest_of(tx, contact_point_id)
    if not said or not about or not rating.is_awaited(tx, about.id):
        return None
    tx.lock(Conversation, about.id)
    if not rating.is_awaited(tx, about.id):
        raise LostRace
    moved = advance(tx, about.id, by="event")
    author = AuthorOut(kind="contact", id=contact_point_id, name=moved.contact_name)
    message = insert_message(tx, moved, author=author, text=text, external_id=external_id)
    tx.emit(MessageReceived(conversation_id=moved.id, message_id=message.id, seq=message.seq))
    rating.rate(tx, moved.id, stars=said.stars, comment=said.comment)
    return message
