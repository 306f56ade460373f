"""The business's own server says who shall serve: what it is asked, and what its answer comes to."""

import re
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
from msgspec import Struct

from helpline.channels import Category, Channel, Owner
from helpline.contacts import Contact, ContactPoint
from helpline.conversations import Conversation, State
from helpline.conversations.deciding import decide
from helpline.core import Tx
from helpline.outside import Answer, NoAnswer
from helpline.outside.calling import Failure
from helpline.people import Agent, Team
from helpline.people.queries import workspace
from helpline.session_settings import in_force

Said = Answer | NoAnswer
Why = Failure | Literal["", "status", "bad_answer", "unknown_team", "unknown_agents", "nobody_named"]
"""What went wrong; nothing when it did not."""


@dataclass(frozen=True)
class Question:
    """What a server is asked, and how long it has."""

    url: str
    seconds: int
    body: bytes
    secret_version: int


@dataclass(frozen=True)
class Named:
    """Whom an answer names, as far as they are here."""

    team_id: str | None
    agent_ids: list[str]
    why: Why

    @property
    def is_used(self) -> bool:
        """Whether it decides; else the automatic order does."""
        return bool(self.team_id or self.agent_ids)


class _AnswerIn(Struct):
    team_id: str | None = None
    agent_ids: list[str] | None = None


MOST_AGENTS = 100
_ID = re.compile(r"[0-9A-Za-z-]{1,36}")
_decode = msgspec.json.Decoder(_AnswerIn).decode


def question(tx: Tx, conversation_id: str) -> Question | None:
    """What is asked about a conversation, if it is still undecided."""
    conversation = tx.find(Conversation, conversation_id)
    if conversation is None or conversation.state != State.BOT or conversation.decider != "server":
        return None
    allocation = in_force(tx, conversation.category_id).allocation
    body = {
        "event": "conversation.assign",
        "conversation_id": conversation.id,
        "contact": _contact(tx, conversation),
        "channel": _channel(tx, conversation.channel_id),
        "at": tx.now,
    }
    return _question(tx, allocation.server_url, allocation.server_timeout, body)


def example(tx: Tx, url: str, seconds: int) -> Question:
    """The same about a conversation that there is not."""
    body = {
        "event": "conversation.assign",
        "conversation_id": "00000000-0000-0000-0000-000000000000",
        "contact": {"id": None, "external_id": None, "name": "Test", "email": "", "phone": "", "locale": ""},
        "channel": {"id": "", "kind": "webchat", "name": "Test", "category": None, "owner": None},
        "at": tx.now,
        "test": True,
    }
    return _question(tx, url, seconds, body)


def named_in(tx: Tx, answer: Said) -> Named:
    """Whom a server's answer names. A team that is not here makes all of it useless; agents who are not are passed over."""
    if not isinstance(answer, Answer):
        return Named(None, [], answer.why)
    if not 200 <= answer.status < 300:
        return Named(None, [], "status")
    try:
        said = _decode(answer.body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Named(None, [], "bad_answer")
    wanted = (said.agent_ids or [])[:MOST_AGENTS]
    if not said.team_id and not wanted:
        return Named(None, [], "nobody_named")
    team = tx.find(Team, said.team_id) if _ID.fullmatch(said.team_id or "") else None
    if said.team_id and not (team and team.active):
        return Named(None, [], "unknown_team")
    agents = [
        id for id in dict.fromkeys(wanted) if _ID.fullmatch(id) and (agent := tx.find(Agent, id)) and agent.active
    ]
    return Named(said.team_id or None, agents, "unknown_agents" if wanted and not agents else "")


def take_answer(tx: Tx, conversation_id: str, answer: Said) -> None:
    """The conversation goes to whom the server named, or falls back to the automatic order and says why."""
    named = named_in(tx, answer)
    if not named.is_used:
        decide(tx, conversation_id, "fallback", why=named.why)
    elif not decide(tx, conversation_id, "server", team_id=named.team_id, agent_ids=named.agent_ids, why=named.why):
        decide(tx, conversation_id, "fallback", why="unknown_team")  # it was switched off a moment ago


def _question(tx: Tx, url: str, seconds: int, body: dict[str, Any]) -> Question:
    return Question(url, seconds, msgspec.json.encode(body), workspace(tx).secret_version)


def _contact(tx: Tx, conversation: Conversation) -> dict[str, Any]:
    contact, point = tx.find(Contact, conversation.contact_id), tx.get(ContactPoint, conversation.contact_point_id)
    return {
        "id": contact.id if contact else None,
        "external_id": contact.external_id if contact else None,
        "name": conversation.contact_name,
        "email": (contact.email if contact else "") or point.email,
        "phone": (contact.phone if contact else "") or point.phone,
        "locale": point.locale,
    }


def _channel(tx: Tx, channel_id: str) -> dict[str, Any]:
    channel = tx.get(Channel, channel_id)
    category = tx.get(Category, channel.category_id)
    owner = tx.find(Owner, category.owner_id)
    return {
        "id": channel.id,
        "kind": channel.kind,
        "name": channel.name,
        "category": {"id": category.id, "name": category.name},
        "owner": {"id": owner.id, "name": owner.name} if owner else None,
    }
