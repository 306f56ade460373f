"""What the two sockets say, as far as a replay listens."""

from typing import Any

import msgspec


class Author(msgspec.Struct):
    kind: str


class Message(msgspec.Struct):
    """A message as an agent receives it."""

    id: str
    conversation_id: str
    seq: int
    kind: str
    author: Author
    visibility: str
    text: str
    client_id: str | None = None
    state: str = ""

    @property
    def side(self) -> str:
        """Whose turn it is in the words of the dialogue file; empty for the system's."""
        if self.author.kind == "system":
            return ""
        if self.author.kind == "contact":
            return "customer"
        return "agent" if self.visibility == "public" else "action"


class Conversation(msgspec.Struct):
    """A conversation as an agent receives it."""

    id: str
    version: int
    state: str
    agent_id: str | None
    last_seq: int
    service_record_id: str | None
    offered_at: str | None = None
    contact_name: str = ""


class Messages(msgspec.Struct):
    items: list[Message]
    more: bool


class Conversations(msgspec.Struct):
    items: list[Conversation]
    next: str | None


class Upsert(msgspec.Struct):
    conversation: list[Conversation] = []
    message: list[Message] = []


class DeskReady(msgspec.Struct, tag="ready"):
    seq: int
    resumed: bool


class DeskUpdate(msgspec.Struct, tag="update"):
    seq: int
    upsert: Upsert


class DeskPong(msgspec.Struct, tag="pong"):
    seq: int


class VisitorMessage(msgspec.Struct):
    """A message as a visitor receives it."""

    id: str
    conversation_id: str
    seq: int
    kind: str
    by: str
    text: str
    client_id: str | None = None

    @property
    def side(self) -> str:
        """As of ``Message``."""
        return {"contact": "customer", "agent": "agent"}.get(self.by, "")


class VisitorTeam(msgspec.Struct):
    id: str


class VisitorConversation(msgspec.Struct):
    id: str
    state: str
    teams: list[VisitorTeam] = []


class Snapshot(msgspec.Struct, tag="snapshot"):
    conversation: VisitorConversation | None
    messages: list[VisitorMessage]


class Said(msgspec.Struct, tag="message"):
    message: VisitorMessage


class Acknowledged(msgspec.Struct, tag="ack"):
    id: str
    message: VisitorMessage


class Stands(msgspec.Struct, tag="state"):
    conversation: VisitorConversation


class Refused(msgspec.Struct, tag="error"):
    id: str
    code: str
    detail: str


class Pong(msgspec.Struct, tag="pong"):
    pass


desk_frame = msgspec.json.Decoder(DeskReady | DeskUpdate | DeskPong).decode
visitor_frame = msgspec.json.Decoder(Snapshot | Said | Acknowledged | Stands | Refused | Pong).decode


def message(answer: Any) -> Message:
    """One message."""
    return msgspec.convert(answer, Message)


def messages(answer: Any) -> Messages:
    """A page of messages."""
    return msgspec.convert(answer, Messages)


def conversation(answer: Any) -> Conversation:
    """One conversation."""
    return msgspec.convert(answer, Conversation)


def conversations(answer: Any) -> Conversations:
    """A page of conversations."""
    return msgspec.convert(answer, Conversations)
