"""The whole replay: prepare, play, ask the database, clear up."""

import asyncio
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from rich.console import Console

from ..cli.say import Refused
from .api import Api, Refusal, Server
from .audit import audit
from .desks import Floor
from .dialogues import Dialogue
from .play import Play
from .progress import Shown
from .stage import Stage, administrator, agents, clear, furnish
from .summary import Summary, summarize
from .visitor import Visitor

TO_PREPARE = 120.0
"""Seconds until the installation must be ready to begin."""


@dataclass(frozen=True)
class Wish:
    """What was asked for on the command line."""

    url: str
    concurrency: int
    agents: int
    patience: float
    email: str = ""
    password: str = ""
    token: str = ""


async def replay(dialogues: list[Dialogue], wish: Wish, console: Console) -> Summary:
    """Play all dialogues and judge."""
    async with Server(wish.url) as server:
        needs_setup = await server.needs_setup()
        floor = Floor()
        try:
            async with asyncio.timeout(TO_PREPARE):
                admin, stage = await _prepare(server, dialogues, wish, floor, needs_setup=needs_setup)
        except TimeoutError:
            raise Refused(f"{wish.url} did not get ready within {TO_PREPARE:.0f} seconds.") from None
        except Refusal as refusal:
            raise Refused(f"{wish.url} refused: {refusal}") from None
        async with _desks_open(floor):
            began = time.perf_counter()
            plays = await _play_all(server, dialogues, wish, floor, stage, console)
            seconds = time.perf_counter() - began
            findings = await audit(admin, plays, stage)
            await clear(admin, floor, keep_admin_token=bool(wish.token))
        lines = [desk.line for desk in floor.desks] + [play.visitor.line for play in plays]
        return summarize(
            plays,
            findings,
            seconds,
            calls_repeated=sum(api.again for api in server.parties),
            reconnects=sum(max(line.connects - 1, 0) for line in lines),
            catch_ups=sum(desk.caught_up for desk in floor.desks),
        )


async def _prepare(
    server: Server, dialogues: list[Dialogue], wish: Wish, floor: Floor, *, needs_setup: bool
) -> tuple[Api, Stage]:
    if wish.token:
        admin = await server.api(wish.token)
    else:
        admin = await administrator(server, wish.email, wish.password, needs_setup=needs_setup)
    stage, team_id = await furnish(admin, dialogues)
    limit = math.ceil(wish.concurrency / wish.agents)
    await agents(server, admin, floor, team_id, wish.agents, limit)
    return admin, stage


@asynccontextmanager
async def _desks_open(floor: Floor) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(desk.line.run()) for desk in floor.desks]
    try:
        await asyncio.gather(*(desk.ready.wait() for desk in floor.desks))
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _play_all(
    server: Server, dialogues: list[Dialogue], wish: Wish, floor: Floor, stage: Stage, console: Console
) -> list[Play]:
    """So many at once as wished; the next begins when one ends."""
    api = await server.api()

    def visitor() -> Visitor:
        return Visitor(api, server.live, stage.public_key)

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
