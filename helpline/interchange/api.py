"""Routes of import and export."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Request
from litestar.response import Stream

from helpline.core import Actor
from helpline.core.router import Routes

from .bringing import Bringing, importer
from .reading import MOST_BY_API, Numbered, Reader

routes = Routes(tag="Import and export")
NDJSON = "application/x-ndjson"
IN_MEMORY = 1024 * 1024


@routes.post("/import", permission="data.import", status=200, request_max_body_size=None, media_type=NDJSON)
async def take_in(actor: Actor, request: Request[Any, Any, Any], create_missing: bool = False) -> Stream:
    """Take in contacts, conversations, messages and records of the past: a JSON object a line, and one a line in answer.

    Each line is `new`, `changed`, `unchanged` or `refused` with `code`, `field` and `detail`; the others go in all the same.
    """
    bringing = Bringing(request.app.state.units, importer(actor.workspace_id, actor), create_missing=create_missing)
    # Answered when all is read: a client that sends everything before it listens would wait for us, and we for it.
    told = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was read out
    reader = Reader(MOST_BY_API)

    async def bring(portion: list[Numbered]) -> None:
        lines = await asyncio.to_thread(bringing.take_in, portion)
        told.write(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))

    async for chunk in request.stream():
        for portion in reader.feed(chunk):
            await bring(portion)
    for portion in reader.end():
        await bring(portion)
    return Stream(_read_out(told), media_type=NDJSON)


async def _read_out(told: Any) -> AsyncIterator[bytes]:
    told.seek(0)
    with told:
        while chunk := told.read(64 * 1024):
            yield chunk
