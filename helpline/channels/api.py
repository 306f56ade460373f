"""Routes about channels, channel categories and owners."""

from typing import Any

from litestar import Request

from helpline.core import Actor, Tx
from helpline.core.router import Routes
from helpline.core.shapes import given

from . import actions, queries
from .accounts import UnknownKind, key_to_join, made_up
from .contract import Health
from .health import note_health
from .kind_shapes import KindOut, StandingOut, kind_out, standing_out
from .kinds import KINDS
from .models import Category, Channel, Owner
from .shapes import (
    CategoryChange,
    CategoryIn,
    CategoryOut,
    ChannelChange,
    ChannelIn,
    ChannelOut,
    ChannelSecretOut,
    OwnerChange,
    OwnerIn,
    OwnerOut,
    category_out,
    channel_out,
    hook_of,
    owner_out,
)

routes = Routes(tag="Channels")


def _base(request: Request[Any, Any, Any]) -> str:
    return request.app.state.settings.address.rstrip("/") or str(request.base_url).rstrip("/")


@routes.get("/channels", permission="settings.read")
async def channels(actor: Actor, request: Request[Any, Any, Any]) -> list[ChannelOut]:
    """All channels, each with what embeds it or where its provider calls."""
    base = _base(request)
    return await request.app.state.units.read(  # type: ignore[no-any-return]
        actor, lambda tx: [channel_out(tx, row, base) for row in queries.all_of(tx, Channel)]
    )


@routes.post("/channels", permission="settings.manage")
async def add_channel(actor: Actor, request: Request[Any, Any, Any], data: ChannelIn) -> ChannelOut:
    """Open a channel: a web chat, or one of another kind with what its provider gave you (`GET /api/channel-kinds`)."""
    if data.kind not in KINDS:
        raise UnknownKind(field="kind")
    made = made_up(data.kind, data.settings, data.secrets)
    base, fields = _base(request), _locked(actor, request, {**given(data), "secrets": {**data.secrets, **made}})
    return await request.app.state.units.run(  # type: ignore[no-any-return]
        actor, lambda tx: channel_out(tx, actions.add_channel(tx, **fields), base)
    )


@routes.patch("/channels/{id:str}", permission="settings.manage")
async def change_channel(actor: Actor, request: Request[Any, Any, Any], id: str, data: ChannelChange) -> ChannelOut:
    """Change a channel."""
    base, changes = _base(request), _locked(actor, request, given(data))
    return await request.app.state.units.run(  # type: ignore[no-any-return]
        actor, lambda tx: channel_out(tx, actions.change(tx, tx.get(Channel, id), **changes), base)
    )


@routes.get("/channel-kinds", permission="settings.read")
async def kinds() -> list[KindOut]:
    """The kinds of channels that can be set up, with what each wants to be told and what it can do."""
    return [kind_out(name, kind) for name, kind in KINDS.items()]


@routes.post("/channels/{id:str}/test", permission="settings.manage", status=200)
async def test_channel(actor: Actor, request: Request[Any, Any, Any], id: str) -> StandingOut:
    """Ask the channel's provider, with what is filled in, whether all is well."""
    await request.app.state.limits.hit("test_channel", actor.workspace_id)
    return await _noted(actor, request, id, await request.app.state.lines.look(actor.workspace_id, id))


@routes.post("/channels/{id:str}/join", permission="settings.manage", status=200)
async def join(actor: Actor, request: Request[Any, Any, Any], id: str) -> StandingOut:
    """Have the channel's provider call this installation, where it can be told so by a call; and how it stands then."""
    await request.app.state.limits.hit("test_channel", actor.workspace_id)
    hook = hook_of(_base(request), await request.app.state.units.read(actor, key_to_join, id))
    return await _noted(actor, request, id, await request.app.state.lines.join(actor.workspace_id, id, hook))


async def _noted(actor: Actor, request: Request[Any, Any, Any], id: str, health: Health) -> StandingOut:
    def note(tx: Tx) -> StandingOut:
        known = note_health(tx, id, ok=health.ok, detail=health.detail, account=health.name)
        return standing_out(known)

    return await request.app.state.units.run(actor, note)  # type: ignore[no-any-return]


def _locked(actor: Actor, request: Request[Any, Any, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """The secrets among the fields in the form in which they are kept."""
    secrets, lock = fields.pop("secrets", {}), request.app.state.signer.lock
    if secrets:
        fields["sealed"] = {name: value and lock(value, actor.workspace_id, name) for name, value in secrets.items()}
    return fields


@routes.get("/channels/{id:str}/secret", permission="settings.manage")
async def secret(actor: Actor, request: Request[Any, Any, Any], id: str) -> ChannelSecretOut:
    """The secret with which the site's back end signs who a visitor is."""
    version = await request.app.state.units.read(actor, lambda tx: tx.get(Channel, id).identity_version)
    return _secret(request, id, version)


@routes.post("/channels/{id:str}/secret", permission="settings.manage", status=200)
async def replace_secret(actor: Actor, request: Request[Any, Any, Any], id: str) -> ChannelSecretOut:
    """Replace the secret. Signatures made with the old one are refused from now on."""
    version = await request.app.state.units.run(
        actor, lambda tx: actions.replace_secret(tx, tx.get(Channel, id)).identity_version
    )
    return _secret(request, id, version)


def _secret(request: Request[Any, Any, Any], id: str, version: int) -> ChannelSecretOut:
    return ChannelSecretOut(secret=request.app.state.signer.derive("identity", id, str(version)))


@routes.get("/channel-categories", permission="settings.read")
def categories(tx: Tx) -> list[CategoryOut]:
    """All channel categories."""
    return [category_out(row) for row in queries.all_of(tx, Category)]


@routes.post("/channel-categories", permission="settings.manage")
def add_category(tx: Tx, data: CategoryIn) -> CategoryOut:
    """Add a channel category."""
    return category_out(actions.add_category(tx, **given(data)))  # type: ignore[arg-type]


@routes.patch("/channel-categories/{id:str}", permission="settings.manage")
def change_category(tx: Tx, id: str, data: CategoryChange) -> CategoryOut:
    """Change a channel category. Records that exist keep the owner they have."""
    return category_out(actions.change(tx, tx.get(Category, id), **given(data)))


@routes.get("/owners", permission="settings.read")
def owners(tx: Tx) -> list[OwnerOut]:
    """All owners: the companies and brands on whose behalf service is given."""
    return [owner_out(row) for row in queries.all_of(tx, Owner)]


@routes.post("/owners", permission="settings.manage")
def add_owner(tx: Tx, data: OwnerIn) -> OwnerOut:
    """Add an owner."""
    return owner_out(actions.add_owner(tx, **given(data)))  # type: ignore[arg-type]


@routes.patch("/owners/{id:str}", permission="settings.manage")
def change_owner(tx: Tx, id: str, data: OwnerChange) -> OwnerOut:
    """Change an owner."""
    return owner_out(actions.change(tx, tx.get(Owner, id), **given(data)))
