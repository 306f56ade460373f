"""Takes in what came by a channel: read by the adapter, then event by event, each once.

What has to do with each other is taken in in the order in which it came; all else side by side, so that one commit serves many.
"""

import asyncio
import uuid
from dataclasses import replace
from typing import NamedTuple

import structlog

from helpline.channels.contract import Media, Raw
from helpline.channels.inbound import Event, Puzzling, Said, SaidElsewhere
from helpline.core import Actor, DomainError, Unavailable
from helpline.files.pictures import size_of
from helpline.files.queries import unknown
from helpline.files.rules import LARGEST, clean_name, is_refused, media_type_of
from helpline.intake import actions, queries
from helpline.intake.hearing import NotYet, ToFetch

from .access import Access
from .acknowledging import Acknowledging
from .naming import Names
from .reading import Understood, understood
from .shift import Shift
from .world import World

log = structlog.get_logger()

AT_ONCE, NONSENSE = 50, ""
PATIENCE = (0.05, 0.2, 0.5, 1.0, 2.0)
"""Seconds to wait, one after another, for what an event is about and is not here yet. What else comes goes on meanwhile."""


class Received(NamedTuple):
    """What came in: its id, how many of its events are taken in already, as it came."""

    id: str
    done: int
    raw: Raw


async def take_in_all(shift: Shift) -> None:
    """Whatever comes, until the shift is over."""
    taking_in = _TakingIn(shift)
    async for access in shift:
        await taking_in.look(access)


class _TakingIn:
    def __init__(self, shift: Shift) -> None:
        self._shift, self._names, self._heard = shift, Names(shift.world, shift.home), Acknowledging(shift)
        self._turns: dict[str, asyncio.Future[bool]] = {}
        """By who and what it is about: when whatever came last has had its turn, and whether all went well."""
        self._begun: set[asyncio.Future[bool]] = set()
        """The turns that are not over."""

    async def look(self, access: Access) -> None:
        """Begin with all that is there."""
        units, home, channel_id, is_more = self._shift.world.units, self._shift.home, self._shift.channel_id, True
        while is_more:
            while len(self._begun) >= AT_ONCE:
                await asyncio.wait(self._begun, return_when=asyncio.FIRST_COMPLETED)
            room, in_hand = AT_ONCE - len(self._begun), list(self._shift.under_way)
            found = await units.read(home, queries.next_received, channel_id, room, in_hand)
            is_more = len(found) == room
            await self._begin(access, [Received(*one) for one in found])

    async def _begin(self, access: Access, received: list[Received]) -> None:
        while received:
            read = await understood(access.adapter, access.account, [one.raw for one in received])
            self._turns = {name: turn for name, turn in self._turns.items() if not turn.done()}
            for one, events in zip(received, read, strict=False):
                after, turn = self._line_up(events)
                self._begun.add(turn)
                turn.add_done_callback(self._begun.discard)
                self._shift.begin(one.id, self._in_turn(access, one, events, after, turn), then_look=False)
            received = received[len(read) :]

    def _line_up(self, events: Understood) -> tuple[set[asyncio.Future[bool]], asyncio.Future[bool]]:
        """The turns that come before these events, and theirs."""
        # What makes no sense goes one by one, so that the same waits once.
        about = {name for event in events for name in event.about} if isinstance(events, list) else {NONSENSE}
        before = {turn for name in about if (turn := self._turns.get(name))}
        turn = asyncio.get_running_loop().create_future()
        self._turns |= dict.fromkeys(about, turn)
        return before, turn

    async def _in_turn(
        self,
        access: Access,
        one: Received,
        events: Understood,
        after: set[asyncio.Future[bool]],
        turn: asyncio.Future[bool],
    ) -> None:
        is_well = False
        try:
            if all([await earlier for earlier in after]):  # else it is looked at again, behind what failed
                await self._patiently(access, one, events, turn)
                is_well = True
                self._heard.begin(access, events if isinstance(events, list) else ())
        finally:
            if not turn.done():
                turn.set_result(is_well)

    async def _patiently(self, access: Access, one: Received, events: Understood, turn: asyncio.Future[bool]) -> None:
        world, home = self._shift.world, self._shift.home
        if isinstance(events, list):
            events = [await self._names.give(access, event) for event in events]
        for pause in PATIENCE:
            try:
                await _take_in(world, home, one, events, waits=True)
                return
            except NotYet:
                if not turn.done():
                    turn.set_result(True)
                await asyncio.sleep(pause)
        # Behind what came meanwhile, and before what comes now: so that it does not wait for what is just being taken in.
        before, last = self._line_up(events)
        try:
            for earlier in before:
                await earlier
            await _take_in(world, home, one, events, waits=False)
        finally:
            last.set_result(True)


async def take_in(world: World, home: Actor, access: Access, id: str, raw: Raw) -> list[Event]:
    """Take in one payload now; what its adapter reads in it. Whoever else does the same does no harm."""
    (events,) = await understood(access.adapter, access.account, [raw])
    await _take_in(world, home, Received(id, 0, raw), events, waits=False)
    return events if isinstance(events, list) else []


async def _take_in(world: World, home: Actor, one: Received, events: Understood, *, waits: bool) -> None:
    """With ``waits``, ``NotYet`` says that it has to be looked at again; else what it is about is taken for gone."""
    if isinstance(events, str):
        await world.units.run(home, actions.quarantine, one.id, events)
    elif not events:
        await world.units.run(home, actions.close, one.id)
    else:
        for at, event in enumerate(events):
            if at >= one.done:
                await _hear(world, home, one.id, at, event, is_last=at == len(events) - 1, waits=waits)


async def _hear(world: World, home: Actor, id: str, at: int, event: Event, *, is_last: bool, waits: bool) -> None:
    if isinstance(event, Puzzling):
        await world.units.run(home, actions.pass_over, id, at, event.why, is_last=is_last)
        return
    try:
        files = await _kept(world, home, id, at, event)
        await world.units.run(home, actions.take_in, id, at, event, files, is_last=is_last)
        await _let_go(world, home, [file.id for file in files if file.is_here])
        return
    except NotYet:
        if waits:
            raise
        await world.units.run(home, actions.foretell, id, at, event, is_last=is_last)
        return
    except Unavailable:
        raise
    except DomainError as refused:
        why = f"{refused.code()}: {refused.message}"
    except Exception as error:
        log.exception("an event from outside stumbled", payload=id)
        why = repr(error)
    await world.units.run(home, actions.pass_over, id, at, why, is_last=is_last)


async def _kept(world: World, home: Actor, payload_id: str, at: int, event: Event) -> list[ToFetch]:
    """The files of an event; those whose bytes came along are on disk before their row is made.

    Their ids follow from what came in, so that when it is taken in again after a kill they are the same.
    """
    files = []
    for number, media in enumerate(event.media if isinstance(event, Said | SaidElsewhere) else ()):
        file_id = str(uuid.uuid5(uuid.UUID(payload_id), f"{at}/{number}"))
        if media.content is not None and len(media.content) > LARGEST:
            media = replace(media, content=None, size=len(media.content))  # told as missing, as large as it was
        if media.content is not None:
            await asyncio.to_thread(world.storage.save, home.workspace_id, file_id, media.content)
        pixels = await asyncio.to_thread(size_of, media.content) if media.content else None
        files.append(replace(_to_fetch(world, home.workspace_id, file_id, media), pixels=pixels))
    return files


async def _let_go(world: World, home: Actor, ids: list[str]) -> None:
    """Throw away the bytes of files that no row was made for, because what they came with was here already."""
    if ids and (unused := await world.units.read(home, unknown, ids)):
        await asyncio.to_thread(world.storage.remove, home.workspace_id, unused)


def _to_fetch(world: World, workspace_id: str, id: str, media: Media) -> ToFetch:
    name, content = clean_name(media.name or "file"), media.content
    return ToFetch(
        id=id,
        url=world.file_url(workspace_id, id),
        name=f"{name}.bin" if is_refused(name) else name,
        media_type=media_type_of(name, content[:16]) if content is not None else media.media_type[:100],
        size=len(content) if content is not None else media.size or 0,
        ref=dict(media.ref),
        is_here=content is not None,
    )
