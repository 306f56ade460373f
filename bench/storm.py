"""Dialogues through LINE, WhatsApp, Telegram and e-mail at once, in a storm; does anything get lost, doubled or disordered?

    python -m bench.storm FILE.jsonl.gz [--kills 8] [--trouble 0.03] [--database sqlite|postgresql] [--first N]

Customers write through strict simulators of the providers, agents answer by the API. What happens at a provider is told up to
three times, in any order, and some of it long after once more; of a hundred calls to a provider some are refused, not answered, or
heard and not answered; the server is killed with SIGKILL, in the middle of sending too. The verdict is from the screens of the
customers and the rows of the database, against the dialogues. The exit code is 0 only when nothing is lost, nothing is there
twice, and all is in order.
"""

import argparse
import asyncio
import itertools
import json
import random
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console

from helpline.app.replay.api import Api
from helpline.app.replay.customer import Customer
from helpline.app.replay.desks import Floor
from helpline.app.replay.dialogues import Dialogue, read
from helpline.app.replay.run import Wish, replay
from helpline.app.replay.stage import Stage
from helpline.app.settings import Settings
from helpline.app.simulating_channels.accounts import providers_for, secrets_at, settings_at
from helpline.app.simulating_channels.provider import Provider
from helpline.app.simulating_channels.server import Server

from . import books
from .kills import EMAIL, PASSWORD
from .letters import Post
from .phones import Phone
from .serving import DATABASES, fresh
from .victims import Victim
from .weather import Gusts, Lightning, Squalls, struck


class Crowd:
    """Customers at all these places in turn."""

    def __init__(self, providers: dict[str, Provider], at: str, post: Post, url: str, lightning: Lightning) -> None:
        self._providers, self._at, self._post, self._url = providers, at, post, url
        self._lightning, self._floor = lightning, Floor()
        self._phones: dict[str, Phone] = {}
        places: list[Any] = [*providers.values(), post]
        self._turn = itertools.cycle(places)

    async def come(self, admin: Api, stage: Stage, floor: Floor) -> None:
        """Set up a channel at each place."""
        self._floor, floor.meeting = floor, self._meet
        category = (await admin.get("/api/channels"))[0]["category_id"]
        for kind, provider in self._providers.items():
            told = {"settings": settings_at(kind, provider, self._at), "secrets": secrets_at(kind, provider)}
            await self._set_up(admin, kind, category, provider, told)
        told = {"settings": self._post.settings, "secrets": {"http_secret": self._post.secret}}
        await self._set_up(admin, "email", category, self._post, told)

    def next(self) -> Customer:
        """The next one, at the next place."""
        return Phone(next(self._turn), lambda: self._floor, self._enter, self._lightning.said)

    async def _set_up(self, admin: Api, kind: str, category: str, place: Any, told: dict[str, Any]) -> None:
        made = await admin.post("/api/channels", {"name": kind, "kind": kind, "category_id": category, **told})
        place.hooks.url = f"{self._url}/api/hooks/{made['public_key']}"

    def _enter(self, phone: Phone) -> None:
        self._phones |= {phone.name: phone, phone.person.id: phone}

    def _meet(self, name: str) -> None:
        if (phone := self._phones.get(name)) is not None:
            phone.wake_at_once()


def spoken(dialogues: list[Dialogue]) -> list[Dialogue]:
    """The dialogues as mails keep them: with single spaces."""
    return [
        msgspec.structs.replace(one, turns=[(side, " ".join(text.split())) for side, text in one.turns])
        for one in dialogues
    ]


def storm(settings: Settings, dialogues: list[Dialogue], **how: Any) -> dict[str, Any]:
    """The figures of a replay in a storm. ``kills``, ``trouble``, ``seed``, ``concurrency``, ``agents``, ``patience``."""
    dialogues = spoken(dialogues)
    victim = Victim(msgspec.structs.replace(settings, may_call="127.0.0.1", address="https://help.example"))
    lightning = Lightning(victim, how["kills"], sum(side == "customer" for one in dialogues for side, _ in one.turns))
    chance = random.Random(how["seed"])
    providers = providers_for({})
    with ExitStack() as open_:
        open_.callback(victim.stop)
        open_.callback(lightning.over)
        post = open_.enter_context(Post(chance, how["trouble"]))
        at = open_.enter_context(Server(providers)).url
        squalls = [Squalls(chance, how["trouble"]) for _ in providers]
        for provider, faults in zip(providers.values(), squalls, strict=True):
            provider.faults = faults
            struck(provider, lightning)
        places: list[Any] = [*providers.values(), post]
        gusts = [open_.enter_context(Gusts(place.hooks, lightning, how["seed"])) for place in places]
        crowd = Crowd(providers, at, post, victim.url, lightning)
        wish = Wish([victim.url], how["concurrency"], how["agents"], how["patience"], EMAIL, PASSWORD, crowd=crowd)
        summary = asyncio.run(replay(dialogues, wish, Console(stderr=True)))
        lightning.over()
        told_last = sum(one.once_more() for one in gusts)
        books.wait_until_read(settings)
    kept = books.compare(settings, dialogues)
    trouble = sum((one.seen for one in squalls), start=type(squalls[0].seen)())
    trouble |= {"mails refused": post.refused, "mails taken, not answered": post.unanswered}
    told_again = sum(one.told_again for one in gusts) + told_last
    told = {
        **summary.plain(),
        "kills": lightning.struck,
        "told_again": told_again,
        "trouble": dict(trouble),
        "kept": kept,
    }
    return {**told, "ok": summary.is_right and is_whole(kept, len(dialogues)) and len(lightning.struck) == how["kills"]}


def is_whole(kept: dict[str, Any], dialogues: int) -> bool:
    """Whether the database holds the dialogues and nothing else, and nothing that is still to be done."""
    over = kept["deliveries"].keys() <= {"sent", "delivered", "read", "unknown"} and kept["payloads"].keys() == {"done"}
    return over and (kept["conversations"], kept["missing"], kept["unexplained"]) == (dialogues, 0, 0)


def main() -> None:
    """Storm, print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--kills", type=int, default=8)
    asked.add_argument("--trouble", type=float, default=0.03, help="which part of calls to providers goes wrong")
    asked.add_argument("--database", choices=DATABASES, default="sqlite")
    asked.add_argument("--concurrency", type=int, default=40)
    asked.add_argument("--agents", type=int, default=20)
    asked.add_argument("--patience", type=float, default=600)
    asked.add_argument("--first", type=int, default=None, help="only so many dialogues")
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--port", type=int, default=8142)
    given = vars(asked.parse_args())
    dialogues = read(given.pop("file"))[: given.pop("first")]
    with fresh(given.pop("database")) as settings:
        told = storm(msgspec.structs.replace(settings, port=given.pop("port")), dialogues, **given)
    print(json.dumps(told))
    sys.exit(0 if told["ok"] else 1)


if __name__ == "__main__":
    main()
