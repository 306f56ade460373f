"""A mail as a page of its own, for a frame of the desk: nothing in it runs, and nothing is fetched unless it was asked for."""

from html import escape
from urllib.parse import quote

from helpline.files.rules import clean_name

SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
"""No scripts, no forms, no way to the page around it. ``allow-same-origin`` lets the desk, not the mail, measure how high it is."""
_LOOKS = (
    ":root{color-scheme:light}"
    "body{margin:0;padding:12px;background:#fff;color:#1c1d1f;font:14px/1.5 system-ui,sans-serif;overflow-wrap:break-word}"
    "img{max-width:100%;height:auto}pre{white-space:pre-wrap}"
    "blockquote{margin:8px 0 8px 4px;padding-left:12px;border-left:2px solid #d9dadd}"
)


def page(title: str, html: str) -> str:
    """The page; ``html`` was made safe."""
    head = '<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f"{head}<title>{escape(title)}</title><style>{_LOOKS}</style></head><body>{html}</body></html>"


def headers(*, images: bool) -> dict[str, str]:
    """What holds even if something dangerous had stayed in it."""
    sources = "'self' data: https: http:" if images else "'self' data:"
    policy = (
        f"default-src 'none'; img-src {sources}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors 'self'; sandbox {SANDBOX}"
    )
    return {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}


def enclosed(subject: str) -> dict[str, str]:
    """The headers of a mail that is handed over as it came: to be kept, not to be looked at here."""
    name = quote(f"{clean_name(subject)[:100] if subject else 'mail'}.eml")
    return {
        "Content-Disposition": f"attachment; filename=\"mail.eml\"; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
