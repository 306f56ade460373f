"""The load, in a process of its own: reads what to do as JSON on standard input, writes what happened as JSON.

``write_http`` and ``write_ws`` keep ``clients`` messages under way for ``seconds``; ``pace`` sends at a rate and measures how long
each takes until it arrives, by one clock.
"""

import asyncio
import itertools
import os
import random
import secrets
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress

import msgspec
import uvloop

from helpline.core import new_id

from .clients import Http, WebSocket
from .filling import TEXT

WARM_UP = 0.5
SETTLING = 3.0
"""Seconds from the last connection to the first paced message: all desks have heard of each other by then."""
LATEST = 10.0
"""Seconds that a message may take before it counts as lost."""
AT_ONCE = 50
_ALL_HERE = b"all here\n"


class Task(msgspec.Struct, kw_only=True):
    """What to do."""

    kind: str
    port: int
    seconds: float
    tokens: list[str] = []
    """Visitors who write, in turn."""
    clients: int = 32
    idle_tokens: list[str] = []
    """Visitors who are only connected."""
    agents: list[str] = []
    """The tokens of the desks that are connected; without any, what is sent comes back to the sender."""
    rate: float = 0.0
    source: str = ""
    """The address to connect from."""


class Result(msgspec.Struct, kw_only=True):
    """What happened."""

    done: int
    seconds: float
    cpu_seconds: float
    """What this process used of the processor meanwhile."""
    latencies: list[float] = []
    """Seconds of each message, sorted."""
    lateness: list[float] = []
    """Seconds by which each was sent too late, sorted: what the load itself could not keep up with."""


def run(task: Task) -> Result:
    """Do the task in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=msgspec.json.encode(task), stdout=subprocess.PIPE, check=True
    )
    return msgspec.json.decode(done.stdout, type=Result)


@contextmanager
def holding(task: Task) -> Iterator[None]:
    """A fresh process that has connected its idle visitors, and holds them until the end of the block."""
    command = [sys.executable, "-m", "bench.load"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(task))
            process.stdin.close()
            if process.stdout.readline() != _ALL_HERE:
                raise RuntimeError("not all of them could connect")
            yield
        finally:
            process.kill()


async def _hold(task: Task) -> Result:
    sockets = await _connect_visitors(task, task.idle_tokens, lambda _socket, _frame: None)
    sys.stdout.buffer.write(_ALL_HERE)
    sys.stdout.buffer.flush()
    await asyncio.Event().wait()
    raise AssertionError(f"{len(sockets)} were held until the end")


async def _write_http(task: Task) -> Result:
    connections = [await Http.connect(task.port) for _ in range(task.clients)]
    turns = itertools.cycle(task.tokens)

    async def write(number: int) -> None:
        status = await connections[number].post("/api/webchat/messages", next(turns), _said())
        if status != 201:
            raise RuntimeError(f"a message was answered with {status}")

    return await _keep_going(task, write)


async def _write_ws(task: Task) -> Result:
    waiting: dict[WebSocket, asyncio.Future[None]] = {}

    def hear(socket: WebSocket, frame: bytes) -> None:
        if frame.startswith((b'{"type":"ack"', b'{"type":"send"')):
            waiting.pop(socket).set_result(None)
        elif frame.startswith(b'{"type":"error"'):
            waiting.pop(socket).set_exception(RuntimeError(frame.decode()))

    sockets = await _connect_visitors(task, task.tokens, hear)
    # A visitor waits for one acknowledgement before writing the next message, so a turn is given back when it is done.
    free = asyncio.Queue[WebSocket]()
    for socket in sockets:
        free.put_nowait(socket)

    async def write(_number: int) -> None:
        socket = free.get_nowait()
        waiting[socket] = asyncio.get_running_loop().create_future()
        socket.send(_send_frame(new_id().encode()))
        await waiting[socket]
        free.put_nowait(socket)

    return await _keep_going(task, write)


async def _keep_going(task: Task, write: Callable[[int], Awaitable[None]]) -> Result:
    """``clients`` at a time write one message after the other. Only what is done between the warm-up and the end counts."""
    begin = time.perf_counter() + WARM_UP
    end, latencies = begin + task.seconds, list[float]()

    async def client(number: int) -> None:
        while (sent := time.perf_counter()) < end:
            await write(number)
            if begin <= sent and time.perf_counter() < end:
                latencies.append(time.perf_counter() - sent)

    used = time.process_time()
    await asyncio.gather(*(client(number) for number in range(task.clients)))
    share = task.seconds / (task.seconds + WARM_UP)
    used = (time.process_time() - used) * share
    return Result(done=len(latencies), seconds=task.seconds, cpu_seconds=used, latencies=sorted(latencies))


async def _pace(task: Task) -> Result:
    sent, latencies, lateness = dict[bytes, float](), list[float](), list[float]()
    prefix = f"bench-{secrets.token_hex(4)}-".encode()  # of this run: an id sent twice would be one message
    size, all_arrived = len(prefix) + 8, asyncio.Event()

    def arrived(_socket: WebSocket, frame: bytes) -> None:
        now = time.perf_counter()
        start = frame.find(prefix)
        if start >= 0 and (began := sent.pop(frame[start : start + size], None)) is not None:
            latencies.append(now - began)
            if not sent:
                all_arrived.set()

    def nothing(_socket: WebSocket, _frame: bytes) -> None:
        pass

    desks = [await _connect_desk(task, token, arrived) for token in task.agents]
    visitors = await _connect_visitors(task, task.tokens, nothing if desks else arrived)
    idle = await _connect_visitors(task, task.idle_tokens, nothing)
    used = time.process_time()
    begin = due = time.perf_counter() + SETTLING
    for number, socket in enumerate(itertools.cycle(visitors)):
        due += _PAUSES.expovariate(task.rate)
        if due > begin + task.seconds:
            break
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        name = prefix + b"%08d" % number
        now = sent[name] = time.perf_counter()
        all_arrived.clear()
        lateness.append(now - due)
        socket.send(_send_frame(name))
    with suppress(TimeoutError):
        await asyncio.wait_for(all_arrived.wait(), LATEST)
    if lost := len(sent):
        raise RuntimeError(f"{lost} messages did not arrive within {LATEST} s")
    if gone := [socket.closed_with for socket in [*desks, *visitors, *idle] if socket.closed_with is not None]:
        raise RuntimeError(f"{len(gone)} sockets were closed by the server, with {set(gone)}")
    used = time.process_time() - used
    return Result(
        done=len(latencies),
        seconds=task.seconds,
        cpu_seconds=used,
        latencies=sorted(latencies),
        lateness=sorted(lateness),
    )


async def _connect_desk(task: Task, token: str, hear: Callable[[WebSocket, bytes], None]) -> WebSocket:
    socket = await WebSocket.connect(task.port, "/api/live", hear, token)
    await _greet(socket, b'{"type":"hello","after":null}')
    return socket


async def _connect_visitors(task: Task, tokens: list[str], hear: Callable[[WebSocket, bytes], None]) -> list[WebSocket]:
    async def connect(token: str) -> WebSocket:
        socket = await WebSocket.connect(task.port, "/api/webchat/live", hear, source=task.source)
        await _greet(socket, b'{"type":"hello","token":"%b"}' % token.encode())
        return socket

    sockets: list[WebSocket] = []
    for some in _some(tokens):
        sockets += await asyncio.gather(*map(connect, some))
    return sockets


async def _greet(socket: WebSocket, hello: bytes) -> None:
    """Say hello and wait for whatever the server says to it."""
    hear, welcomed = socket.hear, asyncio.get_running_loop().create_future()

    def first(_socket: WebSocket, _frame: bytes) -> None:
        socket.hear = hear
        welcomed.set_result(None)

    socket.hear = first
    socket.send(hello)
    await asyncio.wait_for(welcomed, LATEST)


def _some(tokens: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(tokens), AT_ONCE):
        yield tokens[start : start + AT_ONCE]


def _said() -> bytes:
    return b'{"id":"%b","text":"%b"}' % (new_id().encode(), TEXT.encode())


def _send_frame(id: bytes) -> bytes:
    return b'{"type":"send","id":"%b","text":"%b"}' % (id, TEXT.encode())


_PAUSES = random.Random(20240229)
"""Visitors write independently of each other, so the pauses between messages are exponential; the same in every run."""
_KINDS = {"write_http": _write_http, "write_ws": _write_ws, "pace": _pace, "hold": _hold}

if __name__ == "__main__":
    asked = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    found = uvloop.run(_KINDS[asked.kind](asked))
    os.set_blocking(sys.stdout.fileno(), True)  # the loop may leave it otherwise, and then a long answer is cut off
    sys.stdout.buffer.write(msgspec.json.encode(found))
    sys.stdout.buffer.flush()
