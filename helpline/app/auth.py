"""Who asks: by the cookie of a signed-in browser, by an API token, or by a visitor's token."""

import time
from functools import lru_cache, partial
from math import inf
from typing import Any
from urllib.parse import urlsplit

from litestar.connection import ASGIConnection

from helpline.core import Actor, Forbidden, Tx, Units
from helpline.core.tokens import Signer, digest, workspace_of
from helpline.people import queries
from helpline.people.access import SEEN_EVERY, TOKEN_PREFIX, USED_EVERY, NotSignedIn, mark_seen, mark_used
from helpline.people.events import AgentChanged, AgentSignedOut, RoleChanged, TokenRevoked
from helpline.people.models import Agent

from .hub import Hub

COOKIE = "helpline_session"
CSRF_HEADER = "x-csrf-token"
REMEMBERED = 5.0
"""Seconds that a node remembers who a token is. What it hears of (signed out, changed) it forgets at once."""
SAFE = {"GET", "HEAD", "OPTIONS"}
VISITOR = frozenset({"visitor"})

Connection = ASGIConnection[Any, Any, Any, Any]


class CsrfMissing(Forbidden):
    """This request does not come from the desk; load the page again."""


class Identities:
    """Turns what a request carries into an actor."""

    def __init__(self, units: Units, signer: Signer, hub: Hub) -> None:
        self._units, self._signer = units, signer
        # Such a token is never withdrawn, so a signature that was right once stays so.
        self._visitor = lru_cache(maxsize=2_000)(partial(_visitor, signer))
        self._known: dict[str, tuple[float, Actor]] = {}
        self._noted: dict[str, float] = {}
        self._forgot = 0
        hub.listen(self._forget, AgentChanged, AgentSignedOut, RoleChanged, TokenRevoked)

    async def __call__(self, request: Connection, *, visitor: bool = False) -> Actor:
        """The actor of a request; ``NotSignedIn`` when there is none."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if visitor:
            return self.visitor(token)
        if scheme.lower() == "bearer" and token:
            return await self._by_token(request, token)
        cookie = request.cookies.get(COOKIE, "")
        actor = await self._agent(cookie, by_token=False)
        if request.scope.get("method", "GET") not in SAFE and not self.is_own(request, actor):
            raise CsrfMissing
        return actor

    async def desk(self, socket: Connection) -> Actor:
        """The agent behind a desk's WebSocket. Only pages of this very host may open one with the cookie."""
        scheme, _, token = socket.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and token:
            return await self._by_token(socket, token)
        origin = socket.headers.get("origin", "")
        if urlsplit(origin).netloc != socket.headers.get("host", ""):
            raise CsrfMissing
        return await self._agent(socket.cookies.get(COOKIE, ""), by_token=False)

    def visitor(self, token: str) -> Actor:
        """The visitor of a signed token."""
        actor = self._visitor(token)
        if actor is None:
            raise NotSignedIn("This visitor token is not valid; begin anew.")
        return actor

    def csrf(self, actor: Actor) -> str:
        """What unsafe requests of this browser must carry in ``X-CSRF-Token``."""
        return self._signer.mark("csrf", actor.session_id)

    def is_own(self, request: Connection, actor: Actor) -> bool:
        """Whether an unsafe request carries the mark that only our own page knows."""
        return self._signer.is_marked(request.headers.get(CSRF_HEADER, ""), "csrf", actor.session_id)

    async def _by_token(self, request: Connection, token: str) -> Actor:
        await request.app.state.limits.hit("token", digest(token))
        return await self._agent(token, by_token=True)

    async def _agent(self, token: str, *, by_token: bool) -> Actor:
        prefix = TOKEN_PREFIX if by_token else ""
        workspace_id = workspace_of(token, prefix)
        if workspace_id is None:
            raise NotSignedIn
        key = digest(token)
        until, actor = self._known.get(key, (0.0, None))
        if actor is not None and until > time.monotonic():
            return actor
        find, forgot = _by_api_token if by_token else _by_sign_in, self._forgot
        found = await self._units.read(Actor.system(workspace_id), find, key)
        if found is None:
            self._known.pop(key, None)
            raise NotSignedIn
        if len(self._known) > 10_000:
            self._known.clear()
            self._noted.clear()
        if forgot == self._forgot:  # else it was read before what has been heard meanwhile
            self._known[key] = (time.monotonic() + REMEMBERED, found)
        await self._note(found, key, by_token=by_token)
        return found

    async def _note(self, actor: Actor, key: str, *, by_token: bool) -> None:
        note, every = (mark_used, USED_EVERY) if by_token else (mark_seen, SEEN_EVERY)
        if time.monotonic() - self._noted.get(key, -inf) >= every.total_seconds():
            self._noted[key] = time.monotonic()
            await self._units.run(actor, note, key)

    def _forget(self, _workspace_id: str, _fact: Any) -> None:
        self._known.clear()
        self._forgot += 1


def _visitor(signer: Signer, token: str) -> Actor | None:
    claims = signer.open("visitor", token) if token else None
    if claims is None or not {"w", "v", "c"} <= claims.keys():
        return None
    return Actor("visitor", claims["w"], claims["v"], permissions=VISITOR, channel_id=claims["c"])


def _by_sign_in(tx: Tx, key: str) -> Actor | None:
    found = queries.sign_in(tx, key)
    return _actor(tx, found[1], session_id=found[0].id) if found else None


def _by_api_token(tx: Tx, key: str) -> Actor | None:
    owner = queries.token_owner(tx, key)
    return _actor(tx, owner) if owner else None


def _actor(tx: Tx, agent: Agent, session_id: str = "") -> Actor:
    held = queries.permissions_of(tx, agent.role)
    return Actor("agent", tx.workspace_id, agent.id, agent.name, held, session_id)
