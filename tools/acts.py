"""What somebody does before a picture is taken."""

from collections.abc import Callable

from playwright.sync_api import Page

Act = Callable[[Page], object]
SOCKETS = """
  const Real = WebSocket, sockets = [];
  window.sockets = sockets;
  window.WebSocket = class extends Real { constructor(...given) { super(...given); sockets.push(this); } };
"""


def press(*keys: str) -> Act:
    """One key after the other; what is longer than a key's name is typed."""

    def act(page: Page) -> None:
        for key in keys:
            page.keyboard.type(key[1:]) if key.startswith("=") else page.keyboard.press(key)
            page.wait_for_timeout(150)

    return act


def click(*selectors: str) -> Act:
    """What these find, one after the other."""

    def act(page: Page) -> None:
        for selector in selectors:
            page.locator(selector).first.click()
            page.wait_for_timeout(150)

    return act


def cut_off(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("sockets.forEach((one) => one.close())")
    page.wait_for_timeout(1500)
