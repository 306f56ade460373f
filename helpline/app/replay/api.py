"""The HTTP side of the public API, for a caller who does not give up: the server may be killed and come back at any time."""

import asyncio
import itertools
import random
from collections.abc import Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

import httpx

from ..cli.say import Refused
from .way import Way

TIMEOUT = 15.0
AGAIN = {502, 503, 504}
SHORTEST, LONGEST = 0.05, 1.0
"""Seconds to wait before a call is made again: at first, and at most."""


class Refusal(Exception):
    """The server understood and said no."""

    def __init__(self, response: httpx.Response) -> None:
        told = _problem(response)
        self.status = response.status_code
        self.code = str(told.get("code", "")) or f"status_{self.status}"
        super().__init__(f"{self.code}: {told.get('detail', response.reason_phrase)}")


class Server:
    """The installation, for as long as the block lasts. Its parties are spread over its nodes."""

    def __init__(self, nodes: Sequence[str]) -> None:
        self._nodes, self._numbers = nodes, itertools.count()
        self._tls = httpx.create_ssl_context()
        self._open = AsyncExitStack()
        self.parties: list[Api] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    def browser(self) -> httpx.AsyncClient:
        """Connections and cookies of one party. A large pool shared by all would cost more than what goes through it."""
        return httpx.AsyncClient(timeout=TIMEOUT, verify=self._tls, follow_redirects=False)

    def way(self) -> Way:
        """A way for the next one, to the next node."""
        return Way(self._nodes, next(self._numbers))

    async def api(self, token: str = "") -> "Api":
        """A way in for one party."""
        api = Api(await self._open.enter_async_context(self.browser()), self.way(), token)
        self.parties.append(api)
        return api

    async def needs_setup(self) -> bool:
        """Whether the installation still waits to be set up; a sentence when one of its nodes is not there."""
        async with self.browser() as browser:
            answers = [await _needs_setup(browser, url) for url in self._nodes]
        return answers[0]


class Api:
    """One party's way to the server. Calls are made again until they are answered; ids are made by the caller, so it may."""

    def __init__(self, client: httpx.AsyncClient, way: Way, token: str = "") -> None:
        self._client, self._way = client, way
        self.headers = {"authorization": f"Bearer {token}"} if token else {}
        self.again = 0
        """How many calls had to be made again."""

    def known_by(self, token: str) -> "Api":
        """The same way in, for somebody else."""
        return Api(self._client, self._way, token)

    async def get(self, path: str, **parameters: Any) -> Any:
        """Ask."""
        return await self.call("GET", path, params=parameters)

    async def post(self, path: str, given: Any) -> Any:
        """Do."""
        return await self.call("POST", path, json=given)

    async def call(self, method: str, path: str, **options: Any) -> Any:
        """The answer's content, however long it takes; ``Refusal`` when it is no."""
        return (await self.ask(method, path, **options)).json()

    async def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer itself."""
        pause = SHORTEST
        while True:
            try:
                response = await self._client.request(method, self._way.url + path, headers=self.headers, **options)
            except httpx.TransportError:
                pass
            else:
                if response.status_code not in AGAIN:
                    break
            self.again += 1
            self._way.turn()
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, LONGEST)
        if response.is_error:
            raise Refusal(response)
        return response


async def _needs_setup(browser: httpx.AsyncClient, url: str) -> bool:
    try:
        return bool((await browser.get(f"{url}/api/setup")).json()["needed"])
    except (httpx.TransportError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        raise Refused(f"{url} cannot be reached: {why.rstrip('.')}.") from None
    except (ValueError, KeyError, TypeError):
        raise Refused(f"There is no Helpline at {url}.") from None


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        told = response.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
