"""The whole replay: prepare, play, ask the database, clear up."""

import asyncio
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console

from ..cli.say import Refused
from .api import Api, Refusal, Server
from .audit import WITHIN, audit
from .customer import Customer
from .desks import Floor
from .dialogues import Dialogue
from .line import standing
from .play import Play
from .progress import Shown
from .stage import Stage, administrator, agents, clear, furnish
from .summary import Summary, summarize
from .visitor import Visitor


class Crowd(Protocol):
    """Customers who do not come by the web chat."""

    async def come(self, admin: Api, stage: Stage, floor: Floor) -> None:
        """Before the first dialogue."""

    def next(self) -> Customer:
        """The one of the next dialogue."""


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    nodes: Sequence[str]
    """The addresses of the installation's nodes."""
    concurrency: int
    agents: int
    patience: float
    email: str = ""
    password: str = ""
    token: str = ""
    misses: float = 0.0
    """Which part of what they are offered the agents let go by."""
    crowd: Crowd | None = None


async def replay(dialogues: list[Dialogue], wish: Wish, console: Console) -> Summary:
    """Play all dialogues and judge."""
    try:
        async with Server(wish.nodes) as server:
            return await _replay(server, dialogues, wish, console)
    except TimeoutError:
        raise Refused(f"{wish.nodes[0]} did not answer for {WITHIN:.0f} seconds.") from None
    except Refusal as refusal:
        raise Refused(f"{wish.nodes[0]} refused: {refusal}") from None


async def _replay(server: Server, dialogues: list[Dialogue], wish: Wish, console: Console) -> Summary:
    floor, needs_setup = Floor(), await server.needs_setup()
    floor.misses = wish.misses
    async with asyncio.timeout(WITHIN):
        admin, stage = await _prepare(server, dialogues, wish, floor, needs_setup=needs_setup)
    async with standing(*(desk.line for desk in floor.desks)):
        async with asyncio.timeout(WITHIN):
            await asyncio.gather(*(desk.ready.wait() for desk in floor.desks))
        if wish.crowd is not None:
            await wish.crowd.come(admin, stage, floor)
        began = time.perf_counter()
        plays = await _play_all(server, dialogues, wish, floor, stage, console)
        seconds = time.perf_counter() - began
        findings = await audit(admin, plays, stage)
        async with asyncio.timeout(WITHIN):
            await clear(admin, floor, keep_admin_token=bool(wish.token))
    came_back = sum(max(desk.line.connects - 1, 0) for desk in floor.desks)
    return summarize(
        plays,
        findings,
        seconds,
        calls_repeated=sum(api.again for api in server.parties),
        reconnects=came_back + sum(play.visitor.reconnects for play in plays),
        catch_ups=sum(desk.caught_up for desk in floor.desks),
    )


async def _prepare(
    server: Server, dialogues: list[Dialogue], wish: Wish, floor: Floor, *, needs_setup: bool
) -> tuple[Api, Stage]:
    if wish.token:
        admin = await server.api(wish.token)
    else:
        admin = await administrator(server, wish.email, wish.password, needs_setup=needs_setup)
    stage, team_ids = await furnish(admin, dialogues)
    limit = math.ceil(wish.concurrency / wish.agents)
    await agents(server, admin, floor, team_ids, wish.agents, limit)
    return admin, stage


async def _play_all(
    server: Server, dialogues: list[Dialogue], wish: Wish, floor: Floor, stage: Stage, console: Console
) -> list[Play]:
    """So many at once as wished; the next begins when one ends."""
    api = await server.api()

    def visitor() -> Customer:
        return wish.crowd.next() if wish.crowd else Visitor(api, server.way(), stage.public_key)

    with Shown(console, len(dialogues)) as shown:
        plays = [Play(dialogue, floor, stage, visitor(), shown.message) for dialogue in dialogues]
        to_do = iter(plays)

        async def one_after_another() -> None:
            for play in to_do:
                await play.run(wish.patience)
                shown.dialogue()

        async with asyncio.TaskGroup() as group:
            for _ in range(min(wish.concurrency, len(plays))):
                group.create_task(one_after_another())
    return plays
