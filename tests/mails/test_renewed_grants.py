"""Refresh tokens that their provider renews whenever one is used, and takes no second time."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from helpline.app.bus import NoBus
from helpline.app.hub import Hub
from helpline.app.lines.access import Accesses
from helpline.app.mailboxes import Mailbox, mailboxes
from helpline.app.nodes import Node
from helpline.channels import Channel
from helpline.channels import actions as channels
from helpline.channels.contract import Failed
from helpline.channels.email.servers import forget, server_of
from helpline.channels.events import ChannelSet, SecretRenewed
from helpline.core import Actor, Fact, Tx, new_id
from helpline.core.facts import FactRow
from helpline.core.tokens import Signer
from helpline.outside import Outside
from tests.make import World
from tests.token_server import Tokens, token_server

OUTSIDE, SIGNER = Outside("*"), Signer("for tests only")
GRANT = "oauth_refresh_token"


@pytest.fixture
def tokens() -> Iterator[Tokens]:
    with token_server() as one:
        one.rotates = True
        yield one


@dataclass
class Box:
    """A mailbox that signs in by tokens."""

    world: World
    channel_id: str

    async def signs_in(self, nodes: list[str], each: int = 1) -> set[str]:
        """So many who sign in at once on each node, and what with."""
        hub = Hub(self.world.units, NoBus())
        there = [Accesses(self.world.units, SIGNER, hub, node, "") for node in nodes]
        found = await asyncio.gather(*(self._sign_in(one) for one in there for _ in range(each)))
        return set(found)

    async def _sign_in(self, accesses: Accesses) -> str:
        account = (await accesses.anew(self.world.workspace_id, self.channel_id)).account
        server = await server_of(account, "imap", OUTSIDE)
        assert server is not None
        return server.secret

    def grant(self) -> str:
        """What it signs in with the next time."""
        kept = self.world.see(lambda tx: tx.get(Channel, self.channel_id).sealed[GRANT])
        return SIGNER.unlock(kept, self.world.workspace_id, GRANT)

    def fill_in(self, grant: str) -> None:
        """As an administrator does it."""
        sealed = {GRANT: SIGNER.lock(grant, self.world.workspace_id, GRANT)}
        admin = Actor("agent", self.world.workspace_id, self.world.admin)
        self.world.do(admin, lambda tx: channels.change(tx, tx.get(Channel, self.channel_id), sealed=sealed).id)

    def facts(self, kind: type[Fact]) -> int:
        def count(tx: Tx) -> int:
            here = (FactRow.workspace_id == tx.workspace_id, FactRow.topic == kind.topic())
            return tx.db.scalar(select(func.count()).where(*here)) or 0

        return self.world.see(count)

    def read(self) -> list[Mailbox]:
        return self.world.see(mailboxes)


@pytest.fixture
def box(world: World, tokens: Tokens) -> Box:
    told = {"address": "help@shop.example", "imap_host": "127.0.0.1", "sign_in": "oauth2"}
    told |= {"oauth_token_url": f"http://127.0.0.1:{tokens.port}/token", "oauth_client_id": f"client {new_id()}"}
    secrets = {GRANT: "a grant", "oauth_client_secret": "client's secret"}
    sealed = {name: SIGNER.lock(value, world.workspace_id, name) for name, value in secrets.items()}
    category = next(row for row in world.all(Channel)).category_id
    given = {"name": "help", "kind": "email", "category_id": category, "settings": told, "sealed": sealed}
    for node in ("one", "other"):
        world.do(None, lambda tx, id=node: tx.db.merge(Node(id=id, seen_at=tx.now)) and None)
    return Box(world, world.do(None, lambda tx: channels.add_channel(tx, **given).id))


def test_a_renewed_grant_is_kept_sealed_and_used_the_next_time(box: Box, tokens: Tokens) -> None:
    reading, told = box.read(), box.facts(ChannelSet)
    (first,) = asyncio.run(box.signs_in(["one"], 5))
    assert (tokens.asked, box.grant()) == (1, tokens.grant)
    assert tokens.grant != "a grant"
    forget(first)
    (second,) = asyncio.run(box.signs_in(["one"], 5))
    assert second != first
    assert (tokens.asked, box.grant()) == (2, tokens.grant)
    assert box.read() == reading
    assert (box.facts(ChannelSet), box.facts(SecretRenewed)) == (told, 2)


def test_two_nodes_that_sign_in_at_once_use_no_grant_twice(box: Box, tokens: Tokens) -> None:
    for _ in range(3):
        for token in asyncio.run(box.signs_in(["one", "other"], 3)):
            forget(token)
    assert box.grant() == tokens.grant
    assert tokens.asked == tokens.given == box.facts(SecretRenewed)


def test_who_holds_an_older_one_uses_the_one_that_is_kept(box: Box, tokens: Tokens) -> None:
    async def later() -> str:
        account = (
            await Accesses(box.world.units, SIGNER, Hub(box.world.units, NoBus()), "one", "").anew(*where)
        ).account
        for _ in range(3):
            server = await server_of(account, "imap", OUTSIDE)
            assert server is not None
            forget(server.secret)
        return server.secret

    where = (box.world.workspace_id, box.channel_id)
    assert asyncio.run(later()) == f"token-{tokens.given}" == "token-3"


def test_who_is_broken_off_while_they_sign_in_loses_no_grant(box: Box, tokens: Tokens) -> None:
    async def broken_off() -> None:
        signing_in = asyncio.ensure_future(box.signs_in(["one"]))
        while not tokens.asked:
            await asyncio.sleep(0.001)
        signing_in.cancel()
        while box.grant() != tokens.grant or tokens.grant == "a grant":
            await asyncio.sleep(0.05)

    asyncio.run(asyncio.wait_for(broken_off(), 60))
    asyncio.run(box.signs_in(["other"]))
    assert box.grant() == tokens.grant


def test_what_somebody_fills_in_meanwhile_stays(box: Box, tokens: Tokens) -> None:
    async def filled_in() -> None:
        accesses = Accesses(box.world.units, SIGNER, Hub(box.world.units, NoBus()), "one", "")
        account = (await accesses.anew(box.world.workspace_id, box.channel_id)).account
        async with account.held(GRANT) as held:
            assert held.secret == "a grant"
            await asyncio.to_thread(box.fill_in, "another grant")
            held.renewed = "a renewed one"

    asyncio.run(filled_in())
    assert box.grant() == "another grant"
    with pytest.raises(Failed, match="Access was withdrawn"):
        asyncio.run(box.signs_in(["one"]))
    assert box.facts(SecretRenewed) == 0
    tokens.grant = "another grant"
    asyncio.run(box.signs_in(["one"]))
    assert box.grant() == tokens.grant
