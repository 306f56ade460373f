"""What administrators can do with channels, channel categories and owners."""

import re
import secrets
from typing import Any, TypeVar

import msgspec

from helpline.core import Conflict, Invalid, Tx, edit, new_id
from helpline.people import Agent, Team

from . import queries
from .accounts import check_settings
from .events import CategorySet, ChannelSet, OwnerSet, SettingFact
from .forms import Form, check_form
from .kinds import KINDS
from .models import Category, Channel, Owner

Named = TypeVar("Named", Channel, Category, Owner)

_DOMAIN = re.compile(r"(\*\.)?([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(:\d{1,5})?")
_FACTS: dict[type, type[SettingFact]] = {Channel: ChannelSet, Category: CategorySet, Owner: OwnerSet}


class NameTaken(Conflict):
    """There is already one with this name."""


class UnknownReference(Invalid):
    """What this refers to does not exist here."""


class CategoryInUse(Conflict):
    """A channel that is switched on belongs to this category; switch it off, or give it another category first."""


class CategoryIsOff(Conflict):
    """This channel category is switched off; nothing can come in by it."""


class TeamIsOff(Conflict):
    """This team is switched off; what came to it would wait for nobody."""


class NotADomain(Invalid):
    """A domain looks like shop.example.com or *.example.com."""


def add_channel(tx: Tx, *, name: str, category_id: str, kind: str = "webchat", **fields: Any) -> Channel:
    """Open a channel."""
    key = f"{tx.workspace_id.replace('-', '')}.{secrets.token_urlsafe(9)}"
    channel = Channel(workspace_id=tx.workspace_id, id=new_id(), kind=kind, public_key=key, created_at=tx.now)
    channel.allowed_domains, channel.active = [], True
    channel.settings, channel.sealed = {}, {}
    fields = {"settings": {}, **fields}
    return _set(tx, channel, {"name": name, "category_id": category_id, **fields})


def replace_secret(tx: Tx, channel: Channel) -> Channel:
    """Make the secret by which a site vouches for its visitors another one; signatures made with the old one end."""
    return _set(tx, channel, {"identity_version": channel.identity_version + 1})


def add_category(tx: Tx, *, name: str, team_id: str, **fields: Any) -> Category:
    """Make a channel category."""
    category = Category(workspace_id=tx.workspace_id, id=new_id(), requires=["result", "reasons"], active=True)
    return _set(tx, category, {"name": name, "team_id": team_id, **fields})


def add_owner(tx: Tx, *, name: str, **fields: Any) -> Owner:
    """Make an owner."""
    return _set(tx, Owner(workspace_id=tx.workspace_id, id=new_id(), active=True), {"name": name, **fields})


def change(tx: Tx, row: Named, **changes: Any) -> Named:
    """Change a channel, a category or an owner."""
    return _set(tx, row, changes)


def _set(tx: Tx, row: Named, values: dict[str, Any]) -> Named:
    model = type(row)
    if "name" in values and any(o.name == values["name"] and o.id != row.id for o in queries.all_of(tx, model)):
        raise NameTaken(field="name")
    for field, target in (("category_id", Category), ("owner_id", Owner), ("team_id", Team), ("agent_id", Agent)):
        if values.get(field) is not None and tx.find(target, values[field]) is None:
            raise UnknownReference(field=field)
    if "allowed_domains" in values:
        values["allowed_domains"] = [_domain(given) for given in values["allowed_domains"]]
    if "form" in values:
        check_form(msgspec.convert(values["form"], Form))
    if isinstance(row, Channel) and values.keys() & {"settings", "sealed", "active"}:
        tx.lock(Channel, row.id)  # a provider may renew a secret of it at this moment
        values |= _told(row, values)
    values |= {name: msgspec.to_builtins(values[name]) for name in ("form", "texts") if name in values}
    changes = edit(row, values)
    if isinstance(row, Channel) and changes.keys() & {"active", "category_id"}:
        _check_channel(tx, row)
    if isinstance(row, Category) and changes.keys() & {"active", "team_id"}:
        _check_category(tx, row)
    tx.db.add(row)
    tx.db.flush()
    if secrets := changes.get("sealed"):
        changes["sealed"] = (sorted(secrets[0]), sorted(secrets[1]))  # their names; never what they are
    if changes:
        tx.emit(_FACTS[model](id=row.id, name=row.name, fields=sorted(changes), changes=changes))
    return row


def _told(row: Channel, values: dict[str, Any]) -> dict[str, Any]:
    """What the kind wants to be told, with what is changed of it; an empty secret is taken away."""
    settings = {**row.settings, **values.get("settings", {})}
    sealed = {name: kept for name, kept in {**row.sealed, **values.get("sealed", {})}.items() if kept}
    if row.kind not in KINDS:
        return {"settings": {}, "sealed": {}}  # of the past, elsewhere
    is_active = values.get("active", row.active)
    return {"settings": check_settings(row.kind, settings, set(sealed), is_active=is_active), "sealed": sealed}


def _check_channel(tx: Tx, row: Channel) -> None:
    # Held, so that what is referred to is not switched off by somebody else at the same moment.
    if row.active and not tx.lock(Category, row.category_id)[0].active:
        raise CategoryIsOff(field="category_id")


def _check_category(tx: Tx, row: Category) -> None:
    if row.active and not tx.lock(Team, row.team_id)[0].active:
        raise TeamIsOff(field="team_id")
    if not row.active:
        tx.lock(Category, row.id)
        using = [channel.name for channel in queries.active_of(tx, row.id)]
        if using:
            raise CategoryInUse(f"{', '.join(using)} belongs to this category; switch it off first.", field="active")


def _domain(given: str) -> str:
    domain = re.sub(r"^https?://", "", given.strip().lower()).rstrip("/")
    if not _DOMAIN.fullmatch(domain) or len(domain) > 253:
        raise NotADomain(
            f"{given[:80]!r} is not a domain; write it like shop.example.com or *.example.com.", field="allowed_domains"
        )
    return domain
