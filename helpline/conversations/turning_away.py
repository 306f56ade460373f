"""What becomes of those whom a queue cannot keep: they wait for another team, or only their message waits."""

from helpline.core import Tx
from helpline.people import Team

from .messages import note_event
from .models import Conversation
from .placing import leave_queue, put_in_place, tell_queued
from .prompting import say
from .queue_events import ConversationMessageLeft, ConversationOverflowed
from .rules import NotGiven


def overflow(tx: Tx, conversation: Conversation, team: Team, why: NotGiven) -> None:
    """A waiting conversation goes on to wait for another team, among those who have waited as long. Both teams are held."""
    note_event(tx, conversation.id, "overflowed", to_team_id=team.id, to_team_name=team.name, why=why)
    teams = {"from_team_id": conversation.team_id, "to_team_id": team.id}
    tx.emit(ConversationOverflowed(conversation_id=conversation.id, **teams, why=why))
    leave_queue(tx, conversation)
    conversation.team_id, conversation.missed_by, conversation.avoid_agent_id = team.id, [], None
    tell_queued(tx, conversation, "overflowed")


def leave_message(tx: Tx, conversation: Conversation, why: NotGiven) -> None:
    """A waiting contact is asked to leave a message: it waits on, behind all who are there in person. The team is held."""
    conversation.message_left_at = tx.now
    conversation.version += 1
    put_in_place(tx, conversation)
    note_event(tx, conversation.id, "message_left", why=why)
    tx.emit(ConversationMessageLeft(conversation_id=conversation.id, team_id=conversation.team_id, why=why))
    say(tx, conversation, "connect_failed")
    say(tx, conversation, "leave_message")
