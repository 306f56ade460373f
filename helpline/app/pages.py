"""The files that browsers load: the desk, the widget, the demo shop."""

import gzip
import mimetypes
import re
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException

STATIC = Path(str(files("helpline"))) / "static"
SHOP = Path(str(files("helpline"))) / "app" / "shop"

SHOP_CSP = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'"
SHOP_CSP += "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
TRY_CSP = SHOP_CSP.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
_PREVIEW = '<script async src="/widget/preview.js"></script>'
_KEY = re.compile(r"[0-9a-f]{32}\.[A-Za-z0-9_-]{1,40}")
_NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Helpline</title><p>The desk is not built yet. Run "
    "<code>npm ci && npm run build</code> in <code>web/desk</code>, or install the package.</p>"
)
_FOR_GOOD = "public, max-age=31536000, immutable"
PUBLIC_OPTIONS = {"permission": "public"}


@get("/assets/{name:path}", opt=PUBLIC_OPTIONS, include_in_schema=False)
async def asset(request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    """A part of the desk. Names carry a hash of the content, so browsers keep them for good."""
    return _file(request, STATIC / "desk" / "assets", name, _FOR_GOOD)


@get("/widget.js", opt=PUBLIC_OPTIONS, include_in_schema=False)
async def widget(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The widget's loader, which sites embed; fresh within minutes after an update."""
    return _file(request, STATIC / "widget", "widget.js", "public, max-age=300")


@get("/widget/{name:path}", opt=PUBLIC_OPTIONS, include_in_schema=False)
async def widget_part(request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    """A part of the widget that is loaded when it is opened. Most lie under what they contain, and are kept for good."""
    is_versioned = "/" in name.lstrip("/")
    return _file(request, STATIC / "widget", name, _FOR_GOOD if is_versioned else "public, max-age=300")


@get(["/", "/{path:path}"], opt=PUBLIC_OPTIONS, include_in_schema=False)
async def desk(request: Request[Any, Any, Any], path: str = "") -> Response[Any]:
    """The desk's page, whatever the address within it; small files of its root too."""
    root = STATIC / "desk"
    if path.lstrip("/").startswith(("api/", "files/", "widget/", "schema")):
        raise NotFoundException
    inner = path.lstrip("/")
    if inner and "/" not in inner and "." in inner and not inner.startswith("."):
        return _file(request, root, inner, "public, max-age=3600")
    page = root / "index.html"
    content = page.read_text() if page.is_file() else _NOT_BUILT
    return Response(content=content, media_type=MediaType.HTML, headers={"Cache-Control": "no-cache"})


@get(["/try", "/try/{key:str}"], opt=PUBLIC_OPTIONS, include_in_schema=False)
async def try_it(key: str = "") -> Response[str]:
    """A bare page with the chat of this key in it; without one, the page in which the settings show how it would look."""
    if key and not _KEY.fullmatch(key):
        raise NotFoundException
    script = f'<script async src="/widget.js" data-key="{key}"></script>' if key else _PREVIEW
    content = (SHOP / "try.html").read_text().replace("__SCRIPT__", script)
    headers = {"Content-Security-Policy": TRY_CSP, "Cache-Control": "no-cache"}
    return Response(content=content, media_type=MediaType.HTML, headers=headers)


@get("/demo", opt=PUBLIC_OPTIONS, include_in_schema=False)
async def shop(request: Request[Any, Any, Any]) -> Response[str]:
    """The demo's shop, with the widget in it."""
    content = (SHOP / "index.html").read_text().replace("__PUBLIC_KEY__", request.app.state.demo_key)
    headers = {"Content-Security-Policy": SHOP_CSP, "Cache-Control": "no-cache"}
    return Response(content=content, media_type=MediaType.HTML, headers=headers)


@get("/demo/{name:path}", opt=PUBLIC_OPTIONS, include_in_schema=False)
async def shop_file(request: Request[Any, Any, Any], name: str) -> Response[bytes]:
    """A style sheet or picture of the shop."""
    return _file(request, SHOP, name, "no-cache")


def _file(request: Request[Any, Any, Any], root: Path, name: str, cache: str) -> Response[bytes]:
    if "\0" in name:
        raise NotFoundException
    path = (root / name.lstrip("/")).resolve()
    if not path.is_relative_to(root.resolve()) or not path.is_file() or path.name.startswith("."):
        raise NotFoundException
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"Cache-Control": cache}
    pack = kind.startswith("text/") or path.suffix in {".js", ".svg", ".json"}
    if pack:
        headers["Vary"] = "Accept-Encoding"
        pack = "gzip" in request.headers.get("accept-encoding", "")
    if pack:
        headers["Content-Encoding"] = "gzip"
    return Response(content=_content(path, path.stat().st_mtime_ns, pack=pack), media_type=kind, headers=headers)


@lru_cache(maxsize=256)
def _content(path: Path, _changed: int, *, pack: bool) -> bytes:
    """The bytes, read and compressed once for each version of the file."""
    content = path.read_bytes()
    return gzip.compress(content, 9) if pack else content
