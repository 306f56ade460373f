"""The connection itself: the name is resolved once, every address is judged, and one that passed is what is connected to."""

import asyncio
import socket
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpcore

from .addresses import Target, is_public
from .calling import NoAnswer

_RESOLVING = ThreadPoolExecutor(16, thread_name_prefix="resolve")
"""Threads of its own, so that a slow name holds up no other work of the process."""


async def send(
    target: Target, body: bytes, headers: Mapping[str, str], *, most: int, anywhere: bool
) -> tuple[int, bytes]:
    """The status and the body of the answer. Each call has its own connection, which ends with it."""
    network = _Guarded(anywhere=anywhere)
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    said = {"host": target.authority, "accept-encoding": "identity", "content-length": str(len(body)), **headers}
    try:
        async with httpcore.AsyncConnectionPool(network_backend=network, max_keepalive_connections=0) as pool:
            async with pool.stream("POST", url, headers=[*said.items()], content=body) as answer:
                return answer.status, await _read(answer, most)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise NoAnswer("unreachable") from error


async def _read(answer: httpcore.Response, most: int) -> bytes:
    said = bytearray()
    async for part in answer.aiter_stream():
        said += part
        if len(said) > most:
            raise NoAnswer("too_large")
    return bytes(said)


class _Guarded(httpcore.AsyncNetworkBackend):
    def __init__(self, *, anywhere: bool) -> None:
        self._anywhere, self._network = anywhere, httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the network's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await _resolved(host, port)
        if not self._anywhere and not all(map(is_public, addresses)):
            raise NoAnswer("refused_address")
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


async def _resolved(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_RESOLVING, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    return list(dict.fromkeys(str(one[4][0]) for one in found))
