"""One call to a server outside: guarded, and over within its time however slowly it answers."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from .addresses import BadAddress, Exceptions, Target, target_of

MOST_BYTES = 256 * 1024
"""So much of an answer is read at most, unless more is asked for."""
NONE: Mapping[str, str] = MappingProxyType({})

Failure = Literal["no_address", "refused_address", "timeout", "unreachable", "redirected", "too_large"]


class NoAnswer(Exception):
    """A call that brought no answer, and why not."""

    def __init__(self, why: Failure, seconds: float = 0.0, *, may_have_arrived: bool = False) -> None:
        super().__init__(why)
        self.why: Failure = why
        self.seconds = seconds
        self.may_have_arrived = may_have_arrived
        """Whether the server may have heard it all the same."""


@dataclass(frozen=True)
class Answer:
    """What a server said, whatever it was."""

    status: int
    body: bytes
    seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)
    """Names in small letters."""


class Outside:
    """The way out. ``may_call`` lists hosts in the own network that may be called all the same, also without TLS.

    ``authorities`` is a file of those by which mail servers may be certified, beside the system's.
    """

    def __init__(self, may_call: str = "", *, authorities: str = "") -> None:
        self._exceptions = Exceptions(may_call)
        self.authorities = authorities

    def reaches_anywhere(self, target: Target) -> bool:
        """Whether this host may be called wherever it is."""
        return self._exceptions.hold(target)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, within: float) -> Answer:
        """Send ``body``, as ``call`` does."""
        return await self.call("POST", url, body, headers, within=within)

    async def call(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        headers: Mapping[str, str] = NONE,
        *,
        within: float,
        most: int = MOST_BYTES,
    ) -> Answer:
        """What the server says; ``NoAnswer`` when that fails, is refused, or takes longer than ``within`` seconds from now.

        Redirects are not followed: the next address would be the server's choice. At most ``most`` bytes are read.
        """
        start, began = time.monotonic(), asyncio.Event()
        try:
            async with asyncio.timeout(within):
                status, told, said = await self._send(method, self._checked(url), body, headers, began, most)
        except TimeoutError:
            raise NoAnswer("timeout", time.monotonic() - start, may_have_arrived=began.is_set()) from None
        except NoAnswer as failed:
            failed.seconds = time.monotonic() - start
            raise
        return Answer(status, said, time.monotonic() - start, told)

    def _checked(self, url: str) -> Target:
        try:
            target = target_of(url)
        except BadAddress:
            raise NoAnswer("refused_address") from None
        if not self._exceptions.hold(target) and (target.scheme != "https" or target.port != 443):
            raise NoAnswer("refused_address")
        return target

    async def _send(
        self, method: str, target: Target, body: bytes, headers: Mapping[str, str], began: asyncio.Event, most: int
    ) -> tuple[int, dict[str, str], bytes]:
        # Imported here, because most installations never call anybody.
        from .guarded import send

        anywhere = self._exceptions.hold(target)
        status, told, said = await send(method, target, body, headers, began, most=most, anywhere=anywhere)
        if 300 <= status < 400:
            raise NoAnswer("redirected")
        return status, told, said
