"""Which addresses may be called: values in, values out, no network."""

import re
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?")
_PRINTABLE = re.compile(r"[!-~]+")
_NOT_OURS_TO_CALL = [
    ip_network(net)
    for net in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2001::/32",
        "2002::/16",
        "fec0::/10",
    )
]
"""Reserved, and what is translated to another address on its way. Python counts some of these as global."""


class BadAddress(ValueError):
    """This is no address that can be called."""


class Target(NamedTuple):
    """An address taken apart, once: what is judged is what is called."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As it stands in the ``Host`` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """The parts of an address; ``BadAddress`` when it is none, or holds what does not belong there."""
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except ValueError as error:
        raise BadAddress from error
    if parts.scheme not in PORTS or parts.username is not None or parts.password is not None or "#" in url:
        raise BadAddress
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not _PRINTABLE.fullmatch(path) or port == 0:
        raise BadAddress
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def is_address(url: str) -> bool:
    """Whether a server can have this address."""
    try:
        target_of(url)
    except BadAddress:
        return False
    return True


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet: not this machine, not this network, nothing that is translated into such."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast and not any(ip in net for net in _NOT_OURS_TO_CALL)


class Exceptions:
    """The hosts that may be called wherever they are: ``host`` or ``host:port`` with commas; ``*`` for all."""

    def __init__(self, listed: str) -> None:
        self._listed = {one.strip().lower() for one in listed.split(",") if one.strip()}

    def hold(self, target: Target) -> bool:
        """Whether the guard looks away."""
        return bool(self._listed & {"*", target.host, f"{target.host}:{target.port}"})


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    if ":" in host:
        return str(IPv6Address(host))
    if not host.isascii():
        host = host.encode("idna").decode()
    if not _HOST.fullmatch(host):
        raise BadAddress
    return host.lower()
