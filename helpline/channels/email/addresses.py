"""The addresses of a mailbox."""

from collections.abc import Collection, Mapping
from typing import Any


def ours(settings: Mapping[str, Any]) -> Collection[str]:
    """Those under which it is written to."""
    return {str(one).strip().lower() for one in (settings.get("address", ""), *(settings.get("aliases") or ())) if one}


class NoAddress(Exception):
    """Nothing can be sent there."""


def wired(address: str) -> str:
    """An address as mail servers are told it: its domain in letters that all of them know."""
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii():
        raise NoAddress(f"{address[:100]!r} has letters before the @ that not all mail servers carry.")
    try:
        return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError as wrong:
        raise NoAddress(f"{address[:100]!r} is no address.") from wrong
