"""The connection itself: the name is resolved once, every address is judged, and one that passed is what is connected to."""

import asyncio
import socket
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpcore

from .addresses import Target, is_public
from .calling import NoAnswer

_WITHOUT_BODY = {"GET", "HEAD", "DELETE"}
_RESOLVING = ThreadPoolExecutor(16, thread_name_prefix="resolve")
"""Threads of its own, so that a slow name holds up no other work of the process."""


async def send(
    method: str,
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    began: asyncio.Event,
    *,
    most: int,
    anywhere: bool,
) -> tuple[int, dict[str, str], bytes]:
    """The status, the headers and the body of the answer. Each call has its own connection, which ends with it.

    ``began`` is set when the first byte of the request goes out: from then on the server may have heard it.
    """

    async def follow(step: str, _: Any) -> None:
        if step.endswith("send_request_headers.started"):
            began.set()

    network = _Guarded(anywhere=anywhere)
    url = httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path)
    said = {"host": target.authority, "accept-encoding": "identity", **headers}
    if body or method not in _WITHOUT_BODY:
        said["content-length"] = str(len(body))
    try:
        async with httpcore.AsyncConnectionPool(network_backend=network, max_keepalive_connections=0) as pool:
            async with pool.stream(
                method, url, headers=[*said.items()], content=body, extensions={"trace": follow}
            ) as answer:
                told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                return answer.status, told, await _read(answer, most)
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
        raise NoAnswer("unreachable", may_have_arrived=began.is_set()) from error


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
        addresses = await resolved(host, port)
        if not self._anywhere and not all(map(is_public, addresses)):
            raise NoAnswer("refused_address")
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return await self._network.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


async def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, each once."""
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(_RESOLVING, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    return list(dict.fromkeys(str(one[4][0]) for one in found))
