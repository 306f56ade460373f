"""The kinds of channels there are: what each can do, what it wants to be told, and where its adapter is."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from .contract import Adapter, Capabilities, Kind
from .custom.manifest import API
from .email.manifest import EMAIL
from .line.manifest import LINE
from .messenger.manifest import INSTAGRAM, MESSENGER
from .sms.manifest import SMS
from .telegram.manifest import TELEGRAM
from .whatsapp.manifest import WHATSAPP

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "webchat": Kind(capabilities=Capabilities(cards=True, begins=True, choices=10)),
        "line": LINE,
        "telegram": TELEGRAM,
        "whatsapp": WHATSAPP,
        "messenger": MESSENGER,
        "instagram": INSTAGRAM,
        "sms": SMS,
        "api": API,
        "email": EMAIL,
    }
)
OTHER = Kind()
"""What is known of kinds that records of the past name and nobody can set up here."""


def can(kind: str) -> Capabilities:
    """What a kind of channel can do."""
    return KINDS.get(kind, OTHER).capabilities


def goes_out(kind: str) -> bool:
    """Whether messages of this kind of channel go to a provider outside; a web chat is read here."""
    return bool(KINDS.get(kind, OTHER).adapter)


def refusal(kind: str, media_type: str, size: int) -> str:
    """Why a kind of channel does not take such a file; empty when it does."""
    if not goes_out(kind):
        return ""
    sizes = [most for type, most in can(kind).files.items() if media_type.startswith(type)]
    if not sizes:
        return f"this channel takes no files of the kind {media_type}."
    return "" if size <= max(sizes) else f"this channel takes {max(sizes) // 1_000_000} MB at most of this kind."


@cache
def adapter_of(kind: str) -> Adapter:
    """The adapter of a kind of channel; ``KeyError`` where there is none."""
    module, _, name = KINDS[kind].adapter.partition(":")
    if not name:
        raise KeyError(kind)
    found: type[Adapter] = getattr(import_module(f"helpline.channels.{module}"), name)
    return found()
