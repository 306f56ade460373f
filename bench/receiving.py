"""Row ``receiving``: from a provider's call to the agent's socket, by each kind of channel. ``python -m bench.receiving``

First one message at a time, then as many as there are connections; beside it the same messages by the web chat over HTTP. What is
kept first and understood after that has more to do than what is understood at once; the ratio says how much more.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

import httpx
import msgspec
import uvloop

from helpline.app.simulating_channels.accounts import secrets_at, settings_at
from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.messenger import Messenger
from helpline.app.simulating_channels.provider import Provider
from helpline.app.simulating_channels.server import Server
from helpline.app.simulating_channels.sms import Sms
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp

from .clients import Http, WebSocket
from .kills import EMAIL, PASSWORD
from .report import Case, show
from .senders import CUSTOMERS, OWN, Call, Chat, Way
from .serving import DATABASES, fresh
from .victims import Victim

PROVIDERS: dict[str, type[Any]] = {
    "line": Line,
    "telegram": Telegram,
    "whatsapp": WhatsApp,
    "messenger": Messenger,
    "sms": Sms,
}
KINDS = (*PROVIDERS, "api", "email")
CLIENTS, ALONE, CALLS, LATEST = 8, 40, 4000, 60.0
"""Connections at once; messages one by one, and at most, in a round; seconds after which one counts as lost."""


class How(NamedTuple):
    """What was asked for."""

    kinds: Sequence[str]
    rounds: int
    seconds: float


class Desk:
    """An agent's socket, and what is waited for on it."""

    def __init__(self) -> None:
        self.waiting: dict[bytes, asyncio.Future[None]] = {}
        self.welcomed = asyncio.Event()

    def expect(self, mark: bytes) -> asyncio.Future[None]:
        """Done when a message with this mark comes."""
        self.waiting[mark] = come = asyncio.get_running_loop().create_future()
        return come

    def hear(self, _socket: WebSocket, frame: bytes) -> None:
        """A frame, with a message in it or without."""
        self.welcomed.set()
        at = frame.find(b"bench-")
        while at >= 0:
            if (come := self.waiting.pop(frame[at : at + 22], None)) is not None and not come.done():
                come.set_result(None)
            at = frame.find(b"bench-", at + 1)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=3.0, help="of each measurement in a round")
    asked.add_argument("--kind", action="append", choices=KINDS)
    given = asked.parse_args()
    chosen = DATABASES if given.database == "both" else (given.database,)
    how = How(given.kind or KINDS, given.rounds, given.seconds)
    show([case for one in chosen for case in measure(one, how)])


def measure(database: str, how: How) -> list[Case]:
    """All kinds in turn, the web chat right before each."""
    with fresh(database) as settings, ExitStack() as open_:
        providers = {kind: make() for kind, make in PROVIDERS.items()}
        at = open_.enter_context(Server(providers)).url
        victim = Victim(msgspec.structs.replace(settings, may_call="127.0.0.1", address="https://help.example"))
        open_.callback(victim.stop)
        return uvloop.run(_measure(victim, providers, at, database, how))


async def _measure(victim: Victim, providers: dict[str, Any], at: str, name: str, how: How) -> list[Case]:
    alone = {kind: Case(f"receiving {kind}, alone, {name}", "ms", 3.0, "lower") for kind in how.kinds}
    many = {kind: Case(f"receiving {kind}, many, {name}", "messages/s", 0.33, "higher") for kind in how.kinds}
    port, desk = victim.settings.port, Desk()
    async with httpx.AsyncClient(base_url=victim.url, timeout=30) as admin:
        ways = await _set_up(admin, providers, at, how.kinds)
        token = (await admin.post("/api/tokens", json={"name": "bench"})).raise_for_status().json()["token"]
        socket = await WebSocket.connect(port, "/api/live", desk.hear, token)
        socket.send(b'{"type":"hello","after":null}')
        await desk.welcomed.wait()
        (await admin.put("/api/me/availability", json={"state": "ready"})).raise_for_status()
        for way in ways.values():
            await _alone(port, desk, way, CUSTOMERS)
        for _ in range(how.rounds):
            for kind in how.kinds:
                limit, value = [await _alone(port, desk, way, ALONE) for way in (ways["webchat"], ways[kind])]
                alone[kind].add(value, limit, ALONE)
                most, rate = [await _many(port, desk, way, how.seconds) for way in (ways["webchat"], ways[kind])]
                many[kind].add(rate, most, round(rate * how.seconds))
        socket.close()
    return [*alone.values(), *many.values()]


async def _alone(port: int, desk: Desk, way: Way, number: int) -> float:
    """One after the other: the median of the milliseconds until a message is at the agent's."""
    connection, taken = await Http.connect(port), []
    for _ in range(number):
        call = way.call()
        began = time.perf_counter()
        await _bring(connection, desk, call)
        taken.append(1000 * (time.perf_counter() - began))
    connection.close()
    return statistics.median(taken)


async def _many(port: int, desk: Desk, way: Way, seconds: float) -> float:
    """From several connections at once, none waiting for the agent: messages a second that are at the agent's."""
    calls = [way.call() for _ in range(CALLS)]
    to_do, arriving, began = iter(calls), [], time.perf_counter()

    async def client() -> None:
        connection = await Http.connect(port)
        for call in to_do:
            if time.perf_counter() - began > seconds:
                break
            arriving.append(desk.expect(call.mark))
            await _told(connection, call)
        connection.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    async with asyncio.timeout(LATEST):
        await asyncio.gather(*arriving)
    return len(arriving) / (time.perf_counter() - began)


async def _bring(connection: Http, desk: Desk, call: Call) -> None:
    come = desk.expect(call.mark)
    await _told(connection, call)
    async with asyncio.timeout(LATEST):
        await come


async def _told(connection: Http, call: Call) -> None:
    status = await connection.tell(call.path, call.headers, call.body)
    if status not in {200, 201}:
        raise RuntimeError(f"{call.path} was answered with {status}")


async def _set_up(admin: httpx.AsyncClient, providers: dict[str, Any], at: str, kinds: Sequence[str]) -> dict[str, Way]:
    first = {"workspace_name": "Bench", "name": "Ada", "email": EMAIL, "password": PASSWORD}
    session = (await admin.post("/api/setup", json=first)).raise_for_status().json()
    admin.headers["x-csrf-token"] = session["csrf"]
    me = (await admin.get("/api/agents")).json()[0]["id"]
    (await admin.patch(f"/api/agents/{me}", json={"limit": 500})).raise_for_status()
    chat = (await admin.get("/api/channels")).json()[0]
    ways = {"webchat": await _webchat(admin, chat["public_key"])}
    for kind in kinds:
        place = providers[kind] if kind in providers else OWN[kind]()
        if isinstance(place, Provider):
            told = {"settings": settings_at(kind, place, at), "secrets": secrets_at(kind, place)}
        else:
            told = place.told
        given = {"name": kind, "kind": kind, "category_id": chat["category_id"], **told}
        made = (await admin.post("/api/channels", json=given)).raise_for_status().json()
        path = f"/api/hooks/{made['public_key']}"
        place.hooks.url = f"{admin.base_url}".rstrip("/") + path
        ways[kind] = Way(path, place)
    return ways


async def _webchat(admin: httpx.AsyncClient, key: str) -> Way:
    tokens = []
    for number in range(CUSTOMERS):
        entered = await admin.post(f"/api/webchat/{key}/visitors", json={"name": f"Visitor {number}"})
        tokens.append(entered.raise_for_status().json()["token"])
    return Way("/api/webchat/messages", Chat(tokens))


if __name__ == "__main__":
    main()
