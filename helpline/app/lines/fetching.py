"""Fetches what contacts sent and is still with the provider: at once, because its addresses expire."""

import asyncio

import structlog

from helpline.channels.contract import Failed, Fetched
from helpline.channels.health import note_health
from helpline.conversations.amending import put_file
from helpline.core import Actor, Tx
from helpline.files import File, FileState, actions, queries
from helpline.files.pictures import Size, size_of
from helpline.files.rules import clean_name, is_refused, media_type_of
from helpline.files.shapes import file_out

from .access import Access
from .shift import Shift
from .world import World

log = structlog.get_logger()

AT_ONCE, WITHIN = 4, 180.0
AUTH_WAIT = 60.0
PASSES = {"temporary", "auth"}


async def fetch_all(shift: Shift) -> None:
    """Whatever is to be fetched, until the shift is over."""
    async for access in shift:
        most = AT_ONCE + len(shift.under_way)
        found = await shift.world.units.read(shift.home, _awaited, shift.channel_id, most)
        new = [one for one in found if one[0] not in shift.under_way]
        for id, ref in new[: AT_ONCE - len(shift.under_way)]:
            shift.begin(id, _fetch(shift.world, shift.home, access, id, ref))


async def _fetch(world: World, home: Actor, access: Access, id: str, ref: dict[str, str]) -> None:
    try:
        fetched = await _fetched(world, access, ref)
        if len(fetched.content) > world.largest:
            raise Failed("permanent", "too_large")
        if not await world.units.read(home, queries.has_room, len(fetched.content)):
            raise Failed("temporary", "no_space")
        await _saved(world, home, id, fetched.content)
        pixels = await asyncio.to_thread(size_of, fetched.content)
        await world.units.run(home, _arrived, id, fetched, pixels)
    except Failed as failed:
        await world.units.run(home, _put_off, id, failed)
    except Exception as error:
        log.exception("a file from outside stumbled", file=id)
        await world.units.run(home, _put_off, id, Failed("temporary", repr(error)))


async def _fetched(world: World, access: Access, ref: dict[str, str]) -> Fetched:
    try:
        async with asyncio.timeout(WITHIN):
            return await access.adapter.fetch(access.account, ref, world.outside)
    except TimeoutError as error:
        raise Failed("temporary", "timeout") from error


async def _saved(world: World, home: Actor, id: str, content: bytes) -> None:
    try:
        await asyncio.to_thread(world.storage.save, home.workspace_id, id, content)
    except OSError as error:
        log.exception("a file from outside cannot be written", file=id)
        raise Failed("temporary", "disk") from error


def _awaited(tx: Tx, channel_id: str, most: int) -> list[tuple[str, dict[str, str]]]:
    return [(file.id, file.source["ref"]) for file in queries.awaited(tx, channel_id, most)]


def _arrived(tx: Tx, id: str, fetched: Fetched, pixels: Size | None) -> None:
    file = tx.get(File, id)
    if file.trouble == "auth":
        note_health(tx, file.source["channel_id"], ok=True)
    name = clean_name(fetched.name or file.name)
    media_type = media_type_of(name, fetched.content[:16])
    if media_type == "application/octet-stream" and fetched.media_type:
        media_type = fetched.media_type.partition(";")[0].strip()[:100]
    if media_type.startswith(("image/", "text/html")) and media_type_of("", fetched.content[:16]) != media_type:
        media_type = "application/octet-stream"  # what it claims to be and is not, or could run
    if is_refused(name):
        name = f"{name}.bin"
    size = len(fetched.content)
    _show(tx, actions.arrived(tx, id, size=size, media_type=media_type, name=name, pixels=pixels))


def _put_off(tx: Tx, id: str, failed: Failed) -> None:
    is_refused, at_least = failed.kind == "auth", failed.retry_after
    if is_refused:
        note_health(tx, tx.get(File, id).source["channel_id"], ok=False, detail=failed.detail)
        at_least = max(at_least or 0.0, AUTH_WAIT)
    trouble = "auth" if is_refused else failed.detail or failed.kind
    file = actions.put_off(tx, id, trouble, at_least, for_good=failed.kind not in PASSES)
    if file.state == FileState.MISSING:
        _show(tx, file)


def _show(tx: Tx, file: File) -> None:
    if message_id := file.source.get("message_id"):
        put_file(tx, message_id, file_out(file))
