"""How often what may be done: generous enough for a whole office behind one address, tight enough against a program gone wild."""

from math import ceil
from typing import Literal, NamedTuple

from helpline.core.errors import TooMany
from helpline.core.tokens import Signer

from .counts import Counts

What = Literal[
    "enter_from_address",
    "enter_channel",
    "visitor_message",
    "visitor_upload",
    "visitor_uploads",
    "upload_from_address",
    "uploads_from_address",
    "visitor_asks",
    "visitor_acts",
    "visitor_pages",
    "token",
    "try_server",
    "hook",
    "test_channel",
    "show",
]


class Limit(NamedTuple):
    """So many within so many seconds."""

    most: int
    within: float


LIMITS: dict[What, Limit] = {
    "enter_from_address": Limit(240, 60),
    "enter_channel": Limit(6000, 60),
    "visitor_message": Limit(60, 60),
    "visitor_upload": Limit(20, 60),
    "visitor_uploads": Limit(100, 24 * 3600),
    "upload_from_address": Limit(60, 60),
    "uploads_from_address": Limit(300, 24 * 3600),
    "visitor_asks": Limit(240, 60),
    "visitor_acts": Limit(20, 60),
    "visitor_pages": Limit(60, 60),
    "token": Limit(3000, 60),
    "try_server": Limit(10, 60),
    "hook": Limit(60_000, 60),
    "test_channel": Limit(20, 60),
    "show": Limit(120, 60),
}
FRAMES = Limit(300, 10)
"""What one WebSocket may say."""
FAILED_FOR_ACCOUNT, FAILED_FROM_ADDRESS = Limit(10, 300), Limit(100, 300)
"""Failed sign-ins. These hold whatever the setting says."""


class TooManyRequests(TooMany):
    """Too many in too short a time; wait a little."""


class TooManyAttempts(TooMany):
    """Too many attempts; wait five minutes."""


class Limits:
    """The limits of this installation, each ``factor`` times as high; none when it is 0."""

    def __init__(self, counts: Counts, signer: Signer, factor: float) -> None:
        self._counts, self._signer, self._factor = counts, signer, factor

    async def hit(self, what: What, key: str) -> None:
        """Count once more; ``TooManyRequests`` when that is too often."""
        if not self._factor:
            return
        limit = LIMITS[what]
        # Not the key itself: it may be an address, and be counted on another machine.
        counted = await self._counts.hit(f"{what}:{self._signer.mark('limit', key)}", limit.within)
        if counted.number > limit.most * self._factor:
            raise TooManyRequests(retry_after=ceil(counted.seconds_left))

    @property
    def frames(self) -> Limit | None:
        """How much one WebSocket may say."""
        return Limit(ceil(FRAMES.most * self._factor), FRAMES.within) if self._factor else None


class Attempts:
    """Counts failed attempts at a password per account and per address, so that passwords cannot be tried at will."""

    def __init__(self, counts: Counts, signer: Signer) -> None:
        self._counts, self._signer = counts, signer

    def mark(self, said: str) -> str:
        """What stands for an account or an address where it is counted, which may be another machine: not itself."""
        return self._signer.mark("account", said)

    async def begin(self, account: str, address: str) -> None:
        """Count one as failed until it has ``passed``, so that many at once are no way around; refuse when it is one too many."""
        for key, limit in self._both(account, address):
            counted = await self._counts.hit(key, limit.within)
            if counted.number > limit.most:
                raise TooManyAttempts(retry_after=ceil(counted.seconds_left))

    async def passed(self, account: str, address: str) -> None:
        """The account's owner is here; forget its failures. Those of others at the same address stay."""
        (of_account, _), (from_address, limit) = self._both(account, address)
        await self._counts.forget(of_account)
        await self._counts.hit(from_address, limit.within, by=-1)

    def _both(self, account: str, address: str) -> tuple[tuple[str, Limit], tuple[str, Limit]]:
        of_account = f"sign-in:account:{self.mark(account)}"
        return (of_account, FAILED_FOR_ACCOUNT), (f"sign-in:from:{self.mark(address)}", FAILED_FROM_ADDRESS)
