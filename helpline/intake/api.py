"""Where providers call, and the quarantine."""

import re
from dataclasses import replace
from typing import Any

from litestar import Request, Response

from helpline.channels.accounts import NoSuchLine
from helpline.channels.contract import Account, Adapter, Raw
from helpline.channels.health import is_news, note_refused
from helpline.core import Actor, Tx, Unauthenticated
from helpline.core.paging import Limit
from helpline.core.router import PUBLIC, Routes
from helpline.core.tokens import CannotUnlock, workspace_of

from . import actions, queries
from .models import Payload
from .shapes import PayloadDetailOut, PayloadPage, payload_detail_out, payload_out

routes = Routes(tag="Channels")
hooks = Routes(tag="Channels", prefix="/api/hooks")

LARGEST = 40 * 1024 * 1024
"""Bytes of one call: a mail with its attachments, at most."""


_SECRET = re.compile(r"secret|token|authorization|cookie|key|signature")
"""Headers, and parts of addresses, that are read once and kept nowhere."""


class BadSignature(Unauthenticated):
    """This was not signed by the provider of the channel, or too long ago."""


@hooks.post("/{key:str}", permission=PUBLIC, status=200, request_max_body_size=LARGEST)
async def hear(request: Request[Any, Any, Any], key: str) -> Response[str]:
    """What a provider has to tell. It is kept when this answers, and understood after that."""
    return await _heard(request, *await _called(request, key))


@hooks.get("/{key:str}", permission=PUBLIC)
async def greet(request: Request[Any, Any, Any], key: str) -> Response[str]:
    """The answer to a provider that asks whether this address is ours; or what it has to tell, where it does so in the address."""
    home, account, adapter = await _called(request, key)
    if adapter.hears_addresses(account):
        return await _heard(request, home, account, adapter)
    answer = adapter.greet(account, dict(request.query_params.items()))
    if answer is None:
        raise BadSignature
    return Response(answer, media_type="text/plain")


async def _heard(request: Request[Any, Any, Any], home: Actor, account: Account, adapter: Adapter) -> Response[str]:
    await request.app.state.limits.hit("hook", account.channel_id)
    query = dict(request.query_params.items())
    raw = Raw(body=await request.body(), headers=dict(request.headers.items()), query=query, url=str(request.url))
    if not adapter.verify(account, raw):
        if await request.app.state.units.read(home, is_news, account.channel_id):
            await request.app.state.units.run(home, note_refused, account.channel_id)
        raise BadSignature
    await request.app.state.units.run(home, actions.keep, account.channel_id, _without_secrets(raw, account))
    return Response("", media_type="text/plain")


def _without_secrets(raw: Raw, account: Account) -> Raw:
    """Neither what is called a secret nor what is one of the channel's."""
    secrets = {one for one in account.secrets.values() if one}
    headers, query = (
        {name: said for name, said in given.items() if not _SECRET.search(name) and said not in secrets}
        for given in (raw.headers, raw.query)
    )
    url = raw.url if len(query) == len(raw.query) else raw.url.partition("?")[0]
    return replace(raw, headers=headers, query=query, url=url)


async def _called(request: Request[Any, Any, Any], key: str) -> tuple[Actor, Account, Adapter]:
    workspace_id = workspace_of(key)
    if workspace_id is None:
        raise NoSuchLine
    try:
        account, adapter = await request.app.state.lines.by_key(workspace_id, key)
    except CannotUnlock as error:
        raise BadSignature from error
    return Actor.system(workspace_id), account, adapter


@routes.get("/quarantine", permission="settings.manage")
def quarantine(tx: Tx, limit: Limit = 50, cursor: str | None = None) -> PayloadPage:
    """What came in by channels and could not be understood, the newest first."""
    rows, following = queries.quarantined(tx, limit, cursor)
    return PayloadPage(items=[payload_out(row) for row in rows], next=following)


@routes.get("/quarantine/{id:str}", permission="settings.manage")
def quarantined(tx: Tx, id: str) -> PayloadDetailOut:
    """One of these, with how it begins."""
    return payload_detail_out(tx.get(Payload, id))


@routes.post("/quarantine/{id:str}/release", permission="settings.manage", status=200)
def release(tx: Tx, id: str) -> PayloadDetailOut:
    """Have it tried again, after an update for instance. What was taken in of it already changes nothing."""
    return payload_detail_out(actions.release(tx, id))


@routes.post("/quarantine/{id:str}/dismiss", permission="settings.manage", status=200)
def dismiss(tx: Tx, id: str) -> PayloadDetailOut:
    """Let it go. It is kept as long as all that came in."""
    return payload_detail_out(actions.dismiss(tx, id))
