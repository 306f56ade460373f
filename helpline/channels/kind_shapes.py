"""How kinds of channels, and how channels stand, look on the wire."""

from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from helpline.core import Out

from .contract import Kind, Setting
from .health import CALLS_REFUSED
from .models import ChannelHealth, ChannelKind


class StandingOut(Out):
    """How a channel stands with its provider."""

    ok: bool
    detail: str
    account: str
    """What the provider calls the account."""
    since: datetime
    heard_at: datetime | None


class SettingOut(Out):
    """Something to fill in for a channel of a kind."""

    name: str
    kind: Literal["text", "secret", "url", "email", "number", "switch", "choice", "texts"]
    required: bool
    default: Any
    choices: list[str]
    most: int
    of: list[str]
    """The values of `provider` with which it is asked for; empty: always."""
    made: bool
    """Whether it is made up where it is left out."""


class CapabilitiesOut(Out):
    """What a kind of channel can do."""

    most_text: int
    files: dict[str, int]
    choices: int
    """Answers to tap; where there are none, some can be offered by their numbers."""
    choice_length: int
    begins: bool
    templates: bool
    reply_window_seconds: int | None
    tells_delivered: bool
    tells_read: bool
    quotes: Literal["", "marked", "all"]
    """Which messages an answer can point at: none, those that have a token for it, or all."""
    reactions: list[str]
    """The signs that can be put to a message."""
    joins: bool
    """Whether its provider can be told by a call where it reaches us."""
    edits: bool
    takes_back: bool


class KindOut(Out):
    """A kind of channel that can be set up."""

    kind: ChannelKind
    settings: list[SettingOut]
    capabilities: CapabilitiesOut


def kind_out(name: str, kind: Kind) -> KindOut:
    """A kind of channel that can be set up."""
    able, window = kind.capabilities, kind.capabilities.reply_window
    same: tuple[str, ...] = (
        "most_text",
        "choices",
        "choice_length",
        "begins",
        "templates",
        "tells_delivered",
        "tells_read",
    )
    same += ("quotes", "joins", "edits", "takes_back")
    capabilities = CapabilitiesOut(
        **{one: getattr(able, one) for one in same},
        files=dict(able.files),
        reactions=list(able.reactions),
        reply_window_seconds=int(window.total_seconds()) if window else None,
    )
    wanted = [_setting_out(one) for one in kind.settings]
    return KindOut(kind=ChannelKind(name), settings=wanted, capabilities=capabilities)


def _setting_out(one: Setting) -> SettingOut:
    same = {name: getattr(one, name) for name in SettingOut.__struct_fields__}
    return SettingOut(**{**same, "choices": list(one.choices), "of": list(one.of)})


def standing_out(row: ChannelHealth) -> StandingOut:
    """How a channel stands with its provider. What comes in counts as much as what goes out."""
    out = StandingOut(ok=row.ok, detail=row.detail, account=row.account, since=row.since, heard_at=row.heard_at)
    if row.ok and row.refused_at is not None:
        return replace(out, ok=False, detail=CALLS_REFUSED, since=row.refused_at)
    if row.ok and row.unread_since is not None:
        return replace(out, ok=False, detail=row.unread, since=row.unread_since)
    return out
