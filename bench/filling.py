"""What is there before a benchmark begins: a workspace with agents at work and visitors in conversation."""

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from helpline.app.consequences import CONSEQUENCES
from helpline.app.seed import furnish
from helpline.app.settings import Settings, secret_of
from helpline.channels import Category
from helpline.conversations import serving
from helpline.core import Actor, Tx, Units, new_id
from helpline.core.tokens import Signer
from helpline.people import access, actions
from helpline.people.permissions import ROLES
from helpline.webchat import actions as webchat
from helpline.webchat.shapes import VisitorIn, VisitorMessageIn

T = TypeVar("T")

TEXT = "Hello, my parcel 4711 has not arrived yet. Could you please look where it is?"
NO_PASSWORD = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$nobody"
AT_ONCE = 64


@dataclass(frozen=True)
class Filled:
    """A workspace that is ready to be measured."""

    workspace_id: str
    agents: list[str]
    """The API tokens of the agents."""
    visitors: list[Actor]
    """The first of them are in conversation."""
    tokens: list[str]
    """What each visitor is known by, in the same order."""
    chat: webchat.Webchat


def fill(settings: Settings, *, conversations: int, agents: int = 200, visitors: int = 0) -> Filled:
    """A furnished workspace: ``agents`` share open ``conversations``; further visitors have only opened the chat."""
    units = Units(settings.url, CONSEQUENCES)
    try:
        return asyncio.run(_fill(units, Signer(secret_of(settings)), conversations, agents, visitors))
    finally:
        units.close()


async def _fill(units: Units, signer: Signer, conversations: int, agents: int, visitors: int) -> Filled:
    system = Actor.system(new_id())
    channel_id, team_id = await units.run(system, set_up)
    hired = [await units.run(system, hire, number, team_id) for number in range(agents)]
    chat = await units.read(system, webchat.open_channel, channel_id=channel_id)
    coming = (_enter(units, system, channel_id) for _ in range(max(conversations, visitors)))
    people = await _gather(coming)
    await _gather(
        _begin(units, chat, visitor, hired[number % agents][0]) for number, visitor in enumerate(people[:conversations])
    )
    tokens = [signer.seal("visitor", w=system.workspace_id, v=one.id, c=channel_id) for one in people]
    return Filled(system.workspace_id, [token for _, token in hired], people, tokens, chat)


def set_up(tx: Tx) -> tuple[str, str]:
    name, email = "Acme", "ada@example.com"
    first = actions.set_up(tx, workspace_name=name, locale="en", name="Ada", email=email, password_hash=NO_PASSWORD)
    channel = furnish(tx, first, "en")
    return channel.id, tx.get(Category, channel.category_id).team_id


def hire(tx: Tx, number: int, team_id: str) -> tuple[Actor, str]:
    name, email = f"Agent {number}", f"agent{number}@example.com"
    agent = actions.add_agent(tx, name=name, email=email, password_hash=NO_PASSWORD, team_ids=[team_id])
    _row, token = access.create_token(tx, agent.id, "bench")
    return Actor("agent", tx.workspace_id, agent.id, name, ROLES["agent"]), token


async def _enter(units: Units, system: Actor, channel_id: str) -> Actor:
    id = await units.run(system, webchat.enter, channel_id, VisitorIn())
    return Actor("visitor", system.workspace_id, id, channel_id=channel_id)


async def _begin(units: Units, chat: webchat.Webchat, visitor: Actor, agent: Actor) -> None:
    message = await units.run(visitor, webchat.write, chat, VisitorMessageIn(id=new_id(), text=TEXT))
    await units.run(agent, lambda tx: serving.take(tx, message.conversation_id).id)


async def _gather(coming: Iterable[Awaitable[T]]) -> list[T]:
    some = asyncio.Semaphore(AT_ONCE)

    async def one(work: Awaitable[T]) -> T:
        async with some:
            return await work

    return await asyncio.gather(*(one(work) for work in coming))
