"""What one node commits, the others hear as if it were their own: facts for who listens, rows for their sockets, timers."""

from datetime import datetime
from typing import Any

import msgspec
import structlog

from helpline.core import Fact, Units, Update
from helpline.core.committed import Committed
from helpline.core.facts import fact_of

from .bus import Bus

log = structlog.get_logger()


class Notice(msgspec.Struct, array_like=True):
    """A committed unit on its way. The rows travel drawn, so that nobody has to ask the database for them again."""

    workspace_id: str
    first_seq: int
    last_seq: int
    facts: list[tuple[str, dict[str, Any]]]
    updates: list[Update]
    due_at: datetime | None
    left: list[tuple[str, str]] = []


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[Notice]).decode


class Relay:
    """Between the units of this node and the bus."""

    def __init__(self, units: Units, bus: Bus) -> None:
        self._units, self._bus = units, bus
        units.told.append(self._told)
        bus.subscribe("committed", self._heard)

    def _told(self, committed: list[Committed]) -> None:
        ours = [notice_of(unit) for unit in committed if not unit.elsewhere]
        if ours and self._bus.is_up:
            self._bus.publish("committed", _encode(ours))

    def _heard(self, _node: str, said: bytes) -> None:
        self._units.announce([committed_of(notice) for notice in _decode(said)])


def notice_of(unit: Committed) -> Notice:
    """For the way."""
    facts = [(fact.topic(), fact.payload()) for fact in unit.facts]
    return Notice(
        unit.workspace_id, unit.first_seq, unit.last_seq, facts, list(unit.updates), unit.due_at, [*unit.left]
    )


def committed_of(notice: Notice) -> Committed:
    """On arrival. A fact that this version does not know is left out; its number counts."""
    facts = [fact for topic, payload in notice.facts if (fact := fact_of(topic, payload)) is not None]
    return Committed(
        workspace_id=notice.workspace_id,
        first_seq=notice.first_seq,
        last_seq=notice.last_seq,
        facts=tuple[Fact, ...](facts),
        updates=tuple(notice.updates),
        due_at=notice.due_at,
        left=frozenset(notice.left),
        elsewhere=True,
    )
