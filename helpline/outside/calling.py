"""One call to a server outside: guarded, and over within its time however slowly it answers."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .addresses import BadAddress, Exceptions, Target, target_of

MOST_BYTES = 256 * 1024
"""So much of an answer is read at most."""

Failure = Literal["no_address", "refused_address", "timeout", "unreachable", "redirected", "too_large"]


class NoAnswer(Exception):
    """A call that brought no answer, and why not."""

    def __init__(self, why: Failure, seconds: float = 0.0) -> None:
        super().__init__(why)
        self.why: Failure = why
        self.seconds = seconds


@dataclass(frozen=True)
class Answer:
    """What a server said, whatever it was."""

    status: int
    body: bytes
    seconds: float


class Outside:
    """The way out. ``may_call`` lists hosts in the own network that may be called all the same, also without TLS."""

    def __init__(self, may_call: str = "") -> None:
        self._exceptions = Exceptions(may_call)

    async def post(self, url: str, body: bytes, headers: Mapping[str, str], *, within: float) -> Answer:
        """Send ``body``; ``NoAnswer`` when that fails, is refused, or takes longer than ``within`` seconds from now.

        Redirects are not followed: the next address would be the server's choice.
        """
        began = time.monotonic()
        try:
            async with asyncio.timeout(within):
                return await self._post(self._checked(url), body, headers, began)
        except TimeoutError:
            raise NoAnswer("timeout", time.monotonic() - began) from None
        except NoAnswer as failed:
            failed.seconds = time.monotonic() - began
            raise

    def _checked(self, url: str) -> Target:
        try:
            target = target_of(url)
        except BadAddress:
            raise NoAnswer("refused_address") from None
        if not self._exceptions.hold(target) and (target.scheme != "https" or target.port != 443):
            raise NoAnswer("refused_address")
        return target

    async def _post(self, target: Target, body: bytes, headers: Mapping[str, str], began: float) -> Answer:
        # Imported here, because most installations never call anybody.
        from .guarded import send

        status, said = await send(target, body, headers, most=MOST_BYTES, anywhere=self._exceptions.hold(target))
        if 300 <= status < 400:
            raise NoAnswer("redirected")
        return Answer(status, said, time.monotonic() - began)
