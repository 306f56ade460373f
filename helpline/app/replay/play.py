"""One dialogue being played. A turn is sent when the one before was received by the other side, so the order is kept."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from . import frames
from .api import Refusal
from .customer import Customer, Sent
from .desks import Case, Desk, Floor, Held
from .dialogues import Dialogue
from .line import until
from .stage import Stage
from .visitor import NotTaken

__all__ = ["Play", "Sent"]

OUTDATED = {"not_yours", "newer_messages", "not_your_record", "already_served"}
"""Refusals that mean: somebody else has it now, or more was said. Look again and go on from there."""


@dataclass
class Play:
    """A dialogue, what was sent of it, and how far it came."""

    dialogue: Dialogue
    floor: Floor
    stage: Stage
    visitor: Customer
    arrived: Callable[[float], None]
    sent: list[Sent] = field(default_factory=list)
    conversation_id: str = ""
    record_id: str = ""
    doing: str = "entering"
    failure: str = ""
    outdated: list[str] = field(default_factory=list)
    """Why agents were refused because more had happened by then than they knew."""

    @property
    def case(self) -> Case:
        """The agents' side of the conversation."""
        return self.floor.case(self.conversation_id)

    async def run(self, patience: float) -> None:
        """Play it to its end; what stood in the way is kept in ``failure``."""
        try:
            async with asyncio.timeout(patience):
                await self.visitor.enter(f"Replay {self.dialogue.id}")
                async with self.visitor.present():
                    for side, text in self.dialogue.turns:
                        await self._turn(Sent(side, text))
                    await self._end()
        except TimeoutError:
            self.failure = self._report(f"gave up after {patience:.0f} s")
        except (Refusal, NotTaken, msgspec.ValidationError) as error:
            self.failure = self._report(str(error))

    async def _turn(self, sent: Sent) -> None:
        self.sent.append(sent)
        self.doing = f"sending turn {len(self.sent)} of {len(self.dialogue.turns)} ({sent.side})"
        began = time.perf_counter()
        if sent.side == "customer":
            message = await self.visitor.say(sent.client_id, sent.text)
            self.conversation_id = message.conversation_id
            sent.message_id = message.id
        else:
            sent.message_id = await self._write(sent)
        self.doing = self.doing.replace("sending", "waiting for the arrival of")
        sent.seconds = await self._arrival(sent) - began
        self.arrived(sent.seconds)

    async def _arrival(self, sent: Sent) -> float:
        if sent.side == "agent":
            return await until(self.visitor.news, lambda: self.visitor.arrived(sent))
        return await until(self.case.news, lambda: self._at_the_agent(sent.message_id))

    def _at_the_agent(self, message_id: str) -> float | None:
        _, held = self._served() or (None, None)
        return self.case.log.arrived(message_id) if held and held.has(message_id) else None

    def _served(self) -> tuple[Desk, Held] | None:
        """The agent who has the conversation by their own account and has read all of it, and what they know of it."""
        desk = self.case.holder
        held = desk.holding(self.conversation_id) if desk else None
        return (desk, held) if desk and held and held.is_whole else None

    async def _write(self, sent: Sent) -> str:
        """An answer or a note. Whoever began to send it learns for certain whether it was taken; only then may another try."""
        visibility = "public" if sent.side == "agent" else "internal"
        while True:
            desk, held = await until(self.case.news, self._served)
            said = {"id": sent.client_id, "text": sent.text, "visibility": visibility, "seen_up_to": held.whole_up_to}
            try:
                answer = await desk.api.post(f"/api/conversations/{self.conversation_id}/messages", said)
                return frames.message(answer).id
            except Refusal as refusal:
                await self._look_again(desk, refusal)

    async def _end(self) -> None:
        """Complete the service with its reason and a result; that ends the conversation, and the visitor sees it end."""
        self.doing = "completing the service record"
        choices = {"reason_ids": [self.stage.reasons[self.dialogue.heading, self.dialogue.reason]]}
        notes = f"Replay of {self.dialogue.id}"
        while True:
            desk, held = await until(self.case.news, self._to_be_completed)
            self.record_id = held.row.service_record_id or ""
            complete = f"/api/records/{self.record_id}/complete"
            path = complete if self.record_id else f"/api/conversations/{self.conversation_id}/close"
            given = {"result_id": self.stage.result_id, "notes": notes, **choices} if self.record_id else None
            try:
                await desk.api.post(path, given)
                break
            except Refusal as refusal:
                await self._look_again(desk, refusal)
        self.doing = "waiting for the visitor to see the end"
        await until(self.visitor.news, self.visitor.is_closed)

    def _to_be_completed(self) -> tuple[Desk, Held] | None:
        desk, held = self._served() or (None, None)
        has_record = held is not None and held.row.service_record_id is not None
        return (desk, held) if desk and held and has_record == self.dialogue.is_answered else None

    async def _look_again(self, desk: Desk, refusal: Refusal) -> None:
        if refusal.code not in OUTDATED:
            raise refusal
        self.outdated.append(refusal.code)
        await desk.look_again(self.conversation_id)

    def _report(self, why: str) -> str:
        agent = self.case.holder.name if self.conversation_id and self.case.holder else "nobody"
        cut = f", whose line was cut last with {self.visitor.why}" if self.visitor.why else ""
        return f"{self.dialogue.id}: {why} while {self.doing}; {self.visitor.standing}{cut}; served by {agent}."
