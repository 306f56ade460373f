"""Websites of others that embed the chat: made up, and served by the browser itself."""

from playwright.sync_api import BrowserContext, Route

from tests.running import Running

SITE = "http://shop.test"
PAGE = "<!doctype html><html{attributes}><head><title>Shop</title>{head}</head><body>{body}<h1>Shop</h1></body></html>"


def embed(
    context: BrowserContext,
    running: Running,
    *,
    head: str = "",
    body: str = "",
    attributes: str = "",
    csp: str = "",
    snippet: str = "",
) -> None:
    """Have every page of ``SITE`` show the chat; ``snippet`` stands for other attributes of the script."""
    tag = f'<script async src="{running.url}/widget.js" data-key="{running.app.state.demo_key}" {snippet}></script>'
    content = PAGE.format(attributes=attributes, head=head, body=body + tag)
    headers = {"content-type": "text/html; charset=utf-8"} | ({"content-security-policy": csp} if csp else {})

    def answer(route: Route) -> None:
        route.fulfill(status=200, headers=headers, body=content)

    context.route(f"{SITE}/**", answer)
