"""Routes about files."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

from litestar import Request, Response
from litestar.datastructures import UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import NotFoundException
from litestar.params import Body
from litestar.response import File as FileResponse

from helpline.core import Actor, Invalid, Tx, Unavailable, new_id
from helpline.core.router import PUBLIC, Routes
from helpline.people.queries import workspace

from .actions import discard, take_in
from .models import File
from .parts import part_of
from .pictures import size_of
from .rules import LARGEST, PREVIEW, clean_name, is_picture, is_refused, media_type_of
from .shapes import FileOut, StorageOut, file_out

routes = Routes(tag="Files")
served = Routes(tag="Files", prefix="/files")

Upload = Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)]


SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=31536000, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Accept-Ranges": "bytes",
}


class FileMissing(Invalid):
    """Send one file, in the form field `file`."""


class FileRefused(Invalid):
    """Files of this kind are not accepted."""


class FileTooLarge(Invalid):
    """The file is larger than 20 MB."""

    status = 413


class FileNotKept(Unavailable):
    """The file could not be written to the disk; try again later."""


async def keep(actor: Actor, request: Request[Any, Any, Any], data: dict[str, UploadFile]) -> FileOut:
    """Check and store an upload; its id is told when the bytes are safe on disk."""
    upload = data.get("file")
    if not isinstance(upload, UploadFile):
        raise FileMissing(field="file")
    content = await upload.read(LARGEST + 1)
    name = clean_name(upload.filename)
    if len(content) > LARGEST:
        raise FileTooLarge(field="file")
    if is_refused(name):
        raise FileRefused(field="file")
    app, id = request.app.state, new_id()
    mark = app.signer.mark("file", actor.workspace_id, id)
    file = {"id": id, "name": name, "media_type": media_type_of(name, content[:16]), "size": len(content)}
    file["url"] = f"/files/{actor.workspace_id}/{id}/{mark}"
    file["width"], file["height"] = await asyncio.to_thread(size_of, content) or (None, None)
    taken = await app.units.run(actor, lambda tx: take_in(tx, File(workspace_id=tx.workspace_id, **file)))
    try:
        await asyncio.to_thread(app.storage.save, actor.workspace_id, id, content)
    except OSError as error:
        await app.units.run(actor, discard, [id])
        raise FileNotKept from error
    return taken  # type: ignore[no-any-return]


@routes.post("/files", permission="conversation.reply", request_max_body_size=2 * LARGEST)
async def upload(actor: Actor, request: Request[Any, Any, Any], data: Upload) -> FileOut:
    """Upload a file, to be sent with a message within a day; else it is thrown away."""
    return await keep(actor, request, data)


@routes.get("/storage", permission="settings.read")
def storage(tx: Tx) -> StorageOut:
    """How much the files of the workspace take, and how much they may."""
    here = workspace(tx)
    return StorageOut(used=here.storage_used, limit=here.storage_limit)


@served.get("/{workspace_id:str}/{id:str}/{mark:str}", permission=PUBLIC)
async def download(request: Request[Any, Any, Any], workspace_id: str, id: str, mark: str) -> Response[Any]:
    """The bytes of a file, or a part of them. Whoever has the address may read it; the address is signed."""
    found, path = await _found(request, workspace_id, id, mark)
    if part := part_of(request.headers.get("range", ""), found.size):
        content = await asyncio.to_thread(part.read, path)
        headers = {**SAFE, "Content-Range": part.header, "Content-Disposition": "attachment"}
        return Response(content, status_code=206, media_type=found.media_type, headers=headers)
    return _whole(found, path)


@served.get(f"/{{workspace_id:str}}/{{id:str}}/{{mark:str}}/{PREVIEW}", permission=PUBLIC)
async def preview(request: Request[Any, Any, Any], workspace_id: str, id: str, mark: str) -> Response[Any]:
    """A small one of a picture, or itself where none can be made; its address is signed as that of the file is."""
    found, path = await _found(request, workspace_id, id, mark)
    if not found.image:
        raise NotFoundException
    small = await request.app.state.previews.of(workspace_id, id)
    if small is None:
        return _whole(found, path)
    content = await asyncio.to_thread(small.read_bytes)
    return Response(content, media_type=media_type_of("", content[:16]), headers={**SAFE, "Accept-Ranges": "none"})


async def _found(request: Request[Any, Any, Any], workspace_id: str, id: str, mark: str) -> tuple[FileOut, Path]:
    app = request.app.state
    if not app.signer.is_marked(mark, "file", workspace_id, id):
        raise NotFoundException
    found = await app.units.read(Actor.system(workspace_id), lambda tx: file_out(tx.get(File, id)))
    path = app.storage.path(workspace_id, id)
    if not await asyncio.to_thread(path.is_file):  # discarded a moment ago, or not in the backup
        raise NotFoundException
    return found, path


def _whole(found: FileOut, path: Path) -> Response[Any]:
    return FileResponse(
        path=path,
        filename=found.name,
        media_type=found.media_type,
        content_disposition_type="inline" if is_picture(found.media_type) else "attachment",
        headers=SAFE,
    )
