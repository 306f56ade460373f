"""What happens to service records."""

from dataclasses import dataclass
from typing import Any

from helpline.core import Audited, Edited, Fact


@dataclass(frozen=True, kw_only=True)
class RecordFact(Fact):
    """Something about one service record."""

    record_id: str

    @property
    def subject(self) -> str:
        return self.record_id


@dataclass(frozen=True, kw_only=True)
class RecordCreated(RecordFact):
    """An agent began a service."""

    number: int
    conversation_id: str
    handler_id: str


@dataclass(frozen=True, kw_only=True)
class RecordJoined(RecordFact):
    """A further conversation became part of the service."""

    conversation_id: str


@dataclass(frozen=True, kw_only=True)
class RecordRated(RecordFact):
    """The contact rated a conversation of the service."""

    conversation_id: str
    stars: int


@dataclass(frozen=True, kw_only=True)
class RecordHandedOver(RecordFact):
    """The service has another handler."""

    from_id: str
    to_id: str
    why: str


@dataclass(frozen=True, kw_only=True)
class RecordEdited(RecordFact):
    """Result, reasons, notes or contact were filled in or changed; ``fields`` says which."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class RecordWrapUpStarted(RecordFact):
    """The last conversation ended; the agent still writes."""


@dataclass(frozen=True, kw_only=True)
class RecordCompleted(RecordFact):
    """The agent ended the service."""

    result: str | None
    reasons: list[str]


@dataclass(frozen=True, kw_only=True)
class RecordReopened(RecordFact):
    """A completed record was opened again, for its handler."""


@dataclass(frozen=True, kw_only=True)
class ResultSet(Edited):
    """An administrator added or changed a result."""

    id: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class ReasonSet(Edited):
    """An administrator added or changed a reason."""

    id: str

    @property
    def subject(self) -> str:
        return self.id


@dataclass(frozen=True, kw_only=True)
class RecordsExported(Audited):
    """Somebody took the records of a filtered list with them as a file."""

    form: str
    filters: dict[str, Any]
