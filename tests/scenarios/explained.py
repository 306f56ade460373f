"""A tiny state machine that is told the facts and nothing else. What the tables say must be what it says (invariant 6)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

ENTRIES = {
    "message.automated",
    "agent.reminded",
    "conversation.escalated",
    "service.limit_near",
    "service.limit_reached",
    "message.received",
    "message.sent",
    "conversation.decided",
    "conversation.queued",
    "conversation.started",
    "conversation.assigned",
    "conversation.transferred",
    "conversation.returned",
    "conversation.overflowed",
    "conversation.message_left",
    "conversation.offer_ended",
    "conversation.closed",
}
"""The facts that leave an entry in the conversation."""


@dataclass
class Talk:
    """A conversation, as its facts tell it."""

    state: str = "none"
    team_id: str | None = None
    agent_id: str | None = None
    reason: str | None = None
    record_id: str | None = None
    entries: int = 0


@dataclass
class Service:
    """A service record, as its facts tell it."""

    state: str = "none"
    handler_id: str = ""
    number: int = 0


class Explained:
    """Hears one workspace's facts in order."""

    def __init__(self) -> None:
        self.talks: dict[str, Talk] = defaultdict(Talk)
        self.services: dict[str, Service] = defaultdict(Service)
        self.standing: dict[str, tuple[str, bool]] = {}

    def hear(self, topic: str, subject: str | None, payload: dict[str, Any]) -> None:
        """Take in one fact."""
        kind, _, what = topic.partition(".")
        if kind in {"conversation", "message"}:
            self._conversation(self.talks[str(subject)], topic, what, payload)
        elif kind == "record":
            self._record(self.services[str(subject)], what, payload)
        elif kind in {"agent", "availability"}:
            self._agent(str(subject), topic, payload)

    def compare(self, conversations: list[Any], presences: list[Any], records: list[Any]) -> None:
        """Everything the tables say was explained by a fact."""
        for row in conversations:
            told = self.talks[row.id]
            assert (row.state, row.team_id, row.agent_id) == (told.state, told.team_id, told.agent_id), row.id
            assert (row.close_reason, row.record_id) == (told.reason, told.record_id), row.id
            assert row.last_seq == told.entries, row.id
        for row in presences:
            assert (row.state, row.connected) == self.standing.get(row.id, ("offline", False)), row.id
        for row in records:
            service = self.services[row.id]
            assert (row.state, row.handler_id, row.number) == (service.state, service.handler_id, service.number)
        assert len(self.talks) == len(conversations)
        assert len(self.services) == len(records)

    def _conversation(self, talk: Talk, topic: str, what: str, payload: dict[str, Any]) -> None:
        talk.entries += topic in ENTRIES
        if what == "opened":
            assert talk.state == "none"
        elif what == "undecided":
            assert talk.state == "none"
            talk.state, talk.team_id = "bot", payload["team_id"]
        elif what == "decided":
            assert talk.state == "bot"
            talk.state, talk.team_id = "waiting", payload["team_id"]
        elif what == "started":
            assert talk.state == "none"
            talk.state, talk.team_id, talk.agent_id = "active", payload["team_id"], payload["agent_id"]
        elif what == "queued":
            assert talk.state != "closed"
            talk.state, talk.team_id, talk.agent_id = "waiting", payload["team_id"], None
        elif what == "assigned":
            connects = talk.state == "offered" and talk.agent_id == payload["agent_id"]
            assert connects if payload["why"] == "connected" else talk.state == "waiting"
            assert payload["waited_seconds"] >= 0
            talk.state, talk.agent_id = "active", payload["agent_id"]
        elif what == "offered":
            assert talk.state == "waiting"
            talk.state, talk.agent_id = "offered", payload["agent_id"]
        elif what == "offer_ended":
            assert (talk.state, talk.agent_id) == ("offered", payload["agent_id"])
            talk.state, talk.agent_id = "waiting", None
        elif what in {"transferred", "returned", "overflowed"}:
            talk.team_id = payload.get("to_team_id", talk.team_id)
            talk.state = "waiting"
        elif what == "released":
            assert talk.agent_id == payload["agent_id"]
            talk.agent_id = talk.agent_id if talk.state == "closed" else None
        elif what == "closed":
            assert talk.agent_id == payload["agent_id"]
            talk.state, talk.reason = "closed", payload["reason"]
        elif what == "recorded":
            talk.record_id = payload["record_id"]

    def _record(self, service: Service, what: str, payload: dict[str, Any]) -> None:
        if what == "created":
            service.state, service.handler_id, service.number = "open", payload["handler_id"], payload["number"]
        elif what in {"joined", "reopened"}:
            service.state = "open"
        elif what == "handed_over":
            assert service.handler_id == payload["from_id"]
            service.handler_id = payload["to_id"]
        elif what in {"wrap_up_started", "completed"}:
            service.state = what.removesuffix("_started")

    def _agent(self, agent_id: str, topic: str, payload: dict[str, Any]) -> None:
        state, connected = self.standing.get(agent_id, ("offline", False))
        if topic in {"agent.connected", "agent.lost"}:
            assert connected == (topic == "agent.lost")
            connected = topic == "agent.connected"
        elif topic == "availability.changed":
            assert payload["was"] == state
            state = payload["state"]
        self.standing[agent_id] = (state, connected)
