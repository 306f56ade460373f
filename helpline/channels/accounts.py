"""What a channel's kind wants to be told: checked when it is filled in, and put together for its adapter."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select

from helpline.core import Conflict, Invalid, NotFound, Tx

from .contract import Kind, Setting
from .kinds import KINDS, goes_out
from .models import Category, Channel


class UnknownKind(Invalid):
    """There is no such kind of channel to set up here."""


class BadChannelSetting(Invalid):
    """This setting of the channel is missing or not right."""


class NothingToJoin(Conflict):
    """The provider of this channel cannot be told by a call where it reaches us; follow the steps."""


class NoSuchLine(NotFound):
    """There is no channel at this address."""


@dataclass(frozen=True)
class Sealed:
    """A channel as it is kept: its secrets are still locked."""

    channel_id: str
    kind: str
    settings: Mapping[str, Any]
    secrets: Mapping[str, str]
    active: bool
    key: str
    """Under which its provider reaches it."""


def sealed_of(tx: Tx, channel_id: str) -> Sealed:
    """The channel, for whoever sends and receives by it."""
    return _sealed(tx, tx.get(Channel, channel_id))


def key_to_join(tx: Tx, channel_id: str) -> str:
    """The key under which the channel's provider is to reach it."""
    channel = tx.get(Channel, channel_id)
    if not KINDS[channel.kind].is_joined_by_call(channel.settings):
        raise NothingToJoin
    return channel.public_key


def sealed_by_key(tx: Tx, key: str) -> Sealed:
    """The channel that providers reach under this key. One that is switched off is not there: what it dropped would be lost."""
    found = select(Channel).where(Channel.workspace_id == tx.workspace_id, Channel.public_key == key)
    channel = tx.db.scalar(found)
    if channel is None or not goes_out(channel.kind):
        raise NoSuchLine
    sealed = _sealed(tx, channel)
    if not sealed.active:
        raise NoSuchLine
    return sealed


def check_settings(kind: str, settings: Mapping[str, Any], secrets: set[str], *, is_active: bool) -> dict[str, Any]:
    """The settings as they are kept, with what was left out as it comes; ``secrets`` are the names of those that are there.

    A channel may lack what it needs only while it is switched off.
    """
    wanted, provider = {one.name: one for one in _kind(kind).settings}, _kind(kind).provider(settings)
    for part, names in (("settings", settings), ("secrets", secrets)):
        for name in names:
            if name not in wanted or (wanted[name].kind == "secret") != (part == "secrets"):
                why = f"A channel of this kind has no setting {name[:60]!r} here."
                raise BadChannelSetting(why, field=f"{part}.{name[:60]}")
    for one in wanted.values():
        given = one.name in secrets if one.kind == "secret" else settings.get(one.name, one.default)
        if is_active and one.required and not given and one.is_asked(provider):
            part = "secrets" if one.kind == "secret" else "settings"
            raise BadChannelSetting(f"{one.name} is needed.", field=f"{part}.{one.name}")
    values = {one.name: settings.get(one.name, one.default) for one in wanted.values() if one.kind != "secret"}
    return {name: _checked(wanted[name], value) for name, value in values.items()}


def made_up(kind: str, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> dict[str, str]:
    """The secrets of a new channel that nobody has to think of, each with a new value."""
    declared = _kind(kind)
    provider = declared.provider(settings)
    names = [one.name for one in declared.settings if one.made and one.is_asked(provider) and not secrets.get(one.name)]
    return {name: token_urlsafe(32) for name in names}


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise UnknownKind(field="kind")
    return KINDS[kind]


def _checked(setting: Setting, value: Any) -> Any:
    if setting.kind == "switch":
        fits = isinstance(value, bool) or value == ""
        value = bool(value)
    elif setting.kind == "number":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= setting.most
    elif setting.kind == "texts":
        fits = (
            isinstance(value, list) and all(isinstance(one, str) and len(one) <= 254 for one in value)
        ) or value == ""
        value = value or []
    else:
        fits = isinstance(value, str) and len(value) <= setting.most
        value = value.strip() if isinstance(value, str) else value
    if fits and value and setting.kind == "url":
        fits = urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).hostname)
    if fits and value and setting.kind == "email":
        fits = value.count("@") == 1 and not any(sign.isspace() for sign in value)
    if fits and value and setting.kind == "choice":
        fits = value in setting.choices
    if not fits:
        raise BadChannelSetting(f"{setting.name} is not right.", field=f"settings.{setting.name}")
    return value


def _sealed(tx: Tx, channel: Channel) -> Sealed:
    active = channel.active and tx.get(Category, channel.category_id).active
    return Sealed(channel.id, channel.kind, dict(channel.settings), dict(channel.sealed), active, channel.public_key)
