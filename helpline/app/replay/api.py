"""The HTTP side of the public API, for a caller who does not give up: the server may be killed and come back at any time."""

import asyncio
import random
from typing import Any

import httpx

from ..cli.say import Refused

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


class Api:
    """One party's way to the server. Calls are made again until they are answered; ids are made by the caller, so it may."""

    def __init__(self, client: httpx.AsyncClient, token: str = "") -> None:
        self._client = client
        self.headers = {"authorization": f"Bearer {token}"} if token else {}
        self.again = 0
        """How many calls had to be made again."""

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
                response = await self._client.request(method, path, headers=self.headers, **options)
            except httpx.TransportError:
                pass
            else:
                if response.status_code not in AGAIN:
                    break
            self.again += 1
            await asyncio.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(2 * pause, LONGEST)
        if response.is_error:
            raise Refusal(response)
        return response


async def reach(client: httpx.AsyncClient) -> bool:
    """Whether the installation still waits to be set up; a sentence when there is none at all."""
    try:
        response = await client.get("/api/setup")
        return bool(response.json()["needed"])
    except (httpx.TransportError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        raise Refused(f"{client.base_url} cannot be reached: {why.rstrip('.')}.") from None
    except (ValueError, KeyError, TypeError):
        raise Refused(f"There is no Helpline at {client.base_url}.") from None


def _problem(response: httpx.Response) -> dict[str, Any]:
    try:
        told = response.json()
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
