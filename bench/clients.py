"""Clients that cost next to nothing, so that the load does not become what is measured.

They speak just enough HTTP/1.1 and WebSocket (RFC 6455) for our own server, on bare asyncio protocols.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping
from typing import Self, cast

HOST = "127.0.0.1"
_TEXT, _CLOSE, _PING, _PONG = 0x1, 0x8, 0x9, 0xA


class Http(asyncio.Protocol):
    """One connection that is kept alive and carries one request after the other."""

    def __init__(self, transport: asyncio.Transport | None = None) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[int] | None = None

    @classmethod
    async def connect(cls, port: int) -> Self:
        """A connection to ``port``."""
        _transport, protocol = await asyncio.get_running_loop().create_connection(cls, HOST, port)
        return protocol

    async def post(self, path: str, token: str, body: bytes) -> int:
        """Send JSON; the status of the answer."""
        return await self.tell(path, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}, body)

    async def tell(self, path: str, headers: Mapping[str, str], body: bytes) -> int:
        """Send anything; the status of the answer."""
        port = self._transport.get_extra_info("peername")[1]
        head = f"POST {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Length: {len(body)}\r\n"
        head += "".join(f"{name}: {said}\r\n" for name, said in headers.items()) + "\r\n"
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(head.encode() + body)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found or self._answer is None:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        if len(rest) >= length:
            self._buffer = rest[length:]
            self._answer.set_result(int(head[9:12]))

    def connection_lost(self, error: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionError("the server hung up"))


class WebSocket(asyncio.Protocol):
    """One WebSocket. Every text frame goes to ``hear``, as bytes."""

    def __init__(self, path: str, token: str, hear: Callable[["WebSocket", bytes], None]) -> None:
        self.hear = hear
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self._request += "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        self._request += f"Authorization: Bearer {token}\r\n\r\n" if token else "\r\n"
        self._buffer = b""
        self.closed_with: int | None = None

    @classmethod
    async def connect(
        cls, port: int, path: str, hear: Callable[["WebSocket", bytes], None], token: str = "", source: str = ""
    ) -> "WebSocket":
        """A WebSocket that is open."""
        here = (source, 0) if source else None
        loop = asyncio.get_running_loop()
        _transport, protocol = await loop.create_connection(lambda: cls(path, token, hear), HOST, port, local_addr=here)
        await protocol.opened
        return protocol

    def send(self, text: bytes) -> None:
        """Send one text frame."""
        self._frame(_TEXT, text)

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request.encode())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self.opened.done():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.opened.set_exception(ConnectionError(head.decode()))
                return
            self._buffer = rest
            self.opened.set_result(None)
        while self._take_frame():
            pass

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("the server hung up"))

    def _take_frame(self) -> bool:
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        length, start = buffer[1] & 0x7F, 2
        if length == 126:
            length, start = int.from_bytes(buffer[2:4]), 4
        elif length == 127:
            length, start = int.from_bytes(buffer[2:10]), 10
        if len(buffer) < start + length:
            return False
        content, self._buffer = buffer[start : start + length], buffer[start + length :]
        kind = buffer[0] & 0x0F
        if kind == _TEXT:
            self.hear(self, content)
        elif kind == _PING:
            self._frame(_PONG, content)
        elif kind == _CLOSE:
            self.closed_with = int.from_bytes(content[:2])
        return True

    def _frame(self, kind: int, content: bytes) -> None:
        # Masked with zeros, which the protocol allows and which leaves the content as it is.
        size = len(content)
        length = bytes([0x80 | size]) if size < 126 else b"\xfe" + struct.pack("!H", size)
        self._transport.write(bytes([0x80 | kind]) + length + b"\0\0\0\0" + content)
