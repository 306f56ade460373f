"""What happens in conversations."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class ConversationFact(Fact):
    """Something about one conversation."""

    conversation_id: str

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class ConversationOpened(ConversationFact):
    """A contact wrote where no conversation was open."""

    channel_id: str
    contact_point_id: str
    previous_id: str | None


@dataclass(frozen=True, kw_only=True)
class MessageFact(Fact):
    """Something was written. Apart from ``ConversationFact``: a message tells its followers itself, and not the whole team."""

    conversation_id: str
    message_id: str
    seq: int

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class MessageReceived(MessageFact):
    """The contact wrote."""

    begins_wait: bool = False
    """Whether nothing was left unanswered before it: from now on an answer is owed."""
    waits: bool = False
    """Whether the conversation waited when they wrote: nobody serves it."""


@dataclass(frozen=True, kw_only=True)
class MessageSent(MessageFact):
    """An agent wrote to the contact, or left an internal note."""

    agent_id: str
    visibility: str
    draft: int | None = None
    """The version of the draft that it was made from."""


@dataclass(frozen=True, kw_only=True)
class MessageAutomated(MessageFact):
    """A bot or an automatic text answered the contact."""


@dataclass(frozen=True, kw_only=True)
class ConversationAnswered(ConversationFact):
    """An agent answered the contact in a conversation of no record yet: the service begins, outbound if they spoke first."""

    agent_id: str
    direction: str = "inbound"


@dataclass(frozen=True, kw_only=True)
class ConversationQueued(ConversationFact):
    """A conversation began to wait for an agent of a team. ``why``: new, transferred, returned from an agent, or overflowed."""

    team_id: str
    priority: int
    why: str


@dataclass(frozen=True, kw_only=True)
class ConversationNeedsChanged(ConversationFact):
    """Somebody said how urgent a conversation is, or what its agent must be able to do."""

    team_id: str
    priority: int
    skills: list[str]


@dataclass(frozen=True, kw_only=True)
class ConversationLeftQueue(ConversationFact):
    """A conversation no longer waits for a team, without anybody of it having taken it: handed on, or given up."""

    team_id: str


@dataclass(frozen=True, kw_only=True)
class ConversationTakenOver(ConversationFact):
    """A conversation that was not over elsewhere was brought here and goes on: with its agent, or in its queue."""

    team_id: str
    agent_id: str | None


@dataclass(frozen=True, kw_only=True)
class ConversationOffered(ConversationFact):
    """A waiting conversation was reserved for an agent, who has to connect ``until`` then. ``why`` tells how they were found."""

    team_id: str
    agent_id: str
    why: str
    until: str


@dataclass(frozen=True, kw_only=True)
class ConversationOfferEnded(ConversationFact):
    """The agent did not connect in time, declined, or was lost. The conversation waits on where it stood."""

    team_id: str
    agent_id: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ConversationAssigned(ConversationFact):
    """An agent took charge. ``why`` tells how they were found."""

    agent_id: str
    team_id: str
    waited_seconds: float
    why: str


@dataclass(frozen=True, kw_only=True)
class ConversationReleased(ConversationFact):
    """An agent no longer has the conversation: handed on, returned to the queue, or closed. A place is free."""

    agent_id: str


@dataclass(frozen=True, kw_only=True)
class ConversationTransferred(ConversationFact):
    """Somebody handed the conversation to an agent or a team."""

    from_agent_id: str | None
    from_team_id: str
    to_agent_id: str | None
    to_team_id: str
    note: str


@dataclass(frozen=True, kw_only=True)
class ConversationReturned(ConversationFact):
    """The conversation went back to the head of its queue, because its agent was lost or did not answer in time."""

    agent_id: str
    why: str = "agent_lost"


@dataclass(frozen=True, kw_only=True)
class ConversationClosed(ConversationFact):
    """The conversation ended."""

    reason: str
    agent_id: str | None


@dataclass(frozen=True, kw_only=True)
class ConversationSnoozed(ConversationFact):
    """The agent in charge put it aside: until a time, or until the contact writes."""

    agent_id: str
    until: str | None


@dataclass(frozen=True, kw_only=True)
class ConversationWoken(ConversationFact):
    """A conversation that was put aside is back: its time was up, or the agent took it up."""

    agent_id: str
    why: str


@dataclass(frozen=True, kw_only=True)
class ConversationSeen(ConversationFact):
    """The agent in charge has read up to ``seq``; ``shown`` where the contact's channel can show them that."""

    seq: int
    shown: bool = False


@dataclass(frozen=True, kw_only=True)
class PageVisited(ConversationFact):
    """The contact went to another page of the site."""

    page: str


@dataclass(frozen=True, kw_only=True)
class MessagesRead(Fact):
    """The contact has seen what was written to them."""

    conversation_id: str
    message_ids: list[str]

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class ConversationIdentified(ConversationFact):
    """The contact point was linked to a contact, or the link was taken away."""

    contact_id: str | None


@dataclass(frozen=True, kw_only=True)
class ConversationRecorded(ConversationFact):
    """The conversation became part of a service record."""

    record_id: str


@dataclass(frozen=True, kw_only=True)
class AgentMentioned(Fact):
    """A note asked a colleague in; they may read the conversation now."""

    conversation_id: str
    mention_id: str
    agent_id: str

    @property
    def subject(self) -> str:
        return self.conversation_id


@dataclass(frozen=True, kw_only=True)
class MentionsRead(Fact):
    """An agent has read where they were mentioned."""

    conversation_id: str
    agent_id: str
    mention_ids: list[str]

    @property
    def subject(self) -> str:
        return self.conversation_id
