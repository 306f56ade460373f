"""Shows contacts that an agent writes, and what was read: at once, once, not too often, and never in the way of a message."""

import asyncio
import time

import structlog

from helpline.channels.contract import Failed
from helpline.channels.kinds import can
from helpline.channels.signs import Read, Typing
from helpline.conversations.events import ConversationSeen
from helpline.core import Actor, Units
from helpline.core.committed import Committed
from helpline.delivery import showing
from helpline.delivery.showing import Asked

from . import Lines

log = structlog.get_logger()

AT_ONCE, WITHIN = 16, 5.0
"""What is more than that, or takes longer, is let go: it would not be true any more."""
OVERLAP = 0.8
"""How much of its time is over before it is said again that somebody writes."""


class Signs:
    """Hears from desks who writes, and from facts what was read."""

    def __init__(self, units: Units, lines: Lines) -> None:
        self._units, self._lines = units, lines
        self._loop = asyncio.get_running_loop()
        self._under_way: set[asyncio.Task[None]] = set()
        self._until: dict[str, float] = {}
        units.told.append(self._told)

    def typing(self, workspace_id: str, conversation_id: str, kind: str) -> None:
        """An agent writes to the contact."""
        lasts, now = can(kind).typing_lasts, time.monotonic()
        if not lasts or now < self._until.get(conversation_id, 0.0):
            return
        self._until = {id: until for id, until in self._until.items() if until > now}
        self._until[conversation_id] = now + lasts * OVERLAP
        self._begin(workspace_id, conversation_id, Typing)

    def _told(self, committed: list[Committed]) -> None:
        for unit in committed:
            for fact in () if unit.elsewhere or self._loop.is_closed() else unit.facts:
                if isinstance(fact, ConversationSeen) and fact.shown:
                    self._loop.call_soon_threadsafe(self._begin, unit.workspace_id, fact.conversation_id, Read)

    def _begin(self, workspace_id: str, conversation_id: str, what: type[Typing | Read]) -> None:
        if len(self._under_way) < AT_ONCE:
            task = asyncio.ensure_future(self._show(workspace_id, conversation_id, what))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _show(self, workspace_id: str, conversation_id: str, what: type[Typing | Read]) -> None:
        try:
            place = await self._units.read(Actor.system(workspace_id), showing.newest, conversation_id)
            if place is not None:
                await self._lines.show(
                    workspace_id, Asked(place.channel_id, [what(to=place.to, about=place.about)]), WITHIN
                )
        except (Failed, TimeoutError) as failed:
            log.info("something was not shown to a contact", what=what.__name__, why=str(failed))
        except Exception:
            log.exception("a sign stumbled")
