"""Tells those who wait how far they have come, when their queue moves."""

import asyncio
from typing import Any

import msgspec
import structlog

from helpline.conversations.events import (
    ConversationAssigned,
    ConversationLeftQueue,
    ConversationOffered,
    ConversationOfferEnded,
    ConversationQueued,
)
from helpline.conversations.models import State
from helpline.conversations.queue_events import ConversationMessageLeft
from helpline.conversations.visitor_shapes import VisitorConversation
from helpline.conversations.waiting import waiting_in
from helpline.core import Actor, Units

from .hub import Hub

log = structlog.get_logger()

PAUSE = 0.5
"""Seconds between two messages about the same queue, at least."""

ENTERING = (ConversationQueued, ConversationOfferEnded)
LEAVING = (ConversationAssigned, ConversationLeftQueue, ConversationMessageLeft, ConversationOffered)


class Positions:
    """Follows the queues of the visitors of this node: which teams' queues moved, and what each visitor was told last."""

    def __init__(self, hub: Hub, units: Units) -> None:
        self._hub, self._units = hub, units
        self._moved: set[tuple[str, str]] = set()
        self._told: dict[str, int] = {}
        self._left: set[str] = set()
        self._wake = asyncio.Event()
        hub.listen(self._listen, *ENTERING, *LEAVING)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self._wake.wait()
            await asyncio.sleep(PAUSE)
            self._wake.clear()
            moved, self._moved = self._moved, set()
            self._left.clear()
            for workspace_id, team_id in moved:
                try:
                    await self._tell(workspace_id, team_id)
                except Exception:
                    log.exception("telling positions")

    def _listen(self, workspace_id: str, fact: Any) -> None:
        if not self._hub.follows(workspace_id):
            return
        self._moved.add((workspace_id, fact.team_id))
        self._wake.set()
        if isinstance(fact, LEAVING):
            self._left.add(fact.conversation_id)

    async def _tell(self, workspace_id: str, team_id: str) -> None:
        waiting = await self._units.read(Actor.system(workspace_id), waiting_in, team_id)
        for place, (id, contact_point_id) in enumerate(waiting, 1):
            sockets = self._hub.sockets(workspace_id, f"visitor:{contact_point_id}")
            # Who left the queue while it was read has been told so already; that must stay the last word.
            if sockets and id not in self._left and self._told.get(id) != place:
                self._told[id] = place
                state: Any = VisitorConversation(
                    id=id, state=State.WAITING, agent_name=None, queue_position=place, unread=0, close_reason=None
                )
                line = msgspec.json.encode({"type": "state", "conversation": state}).decode()
                for socket in sockets:
                    socket.send(line)
        if len(self._told) > 100_000:
            self._told.clear()
