"""The chat of a visitor in each of its states."""

import re
from collections.abc import Callable
from pathlib import Path

from acts import Act, click, cut_off
from playwright.sync_api import BrowserContext, Page
from stage import FORM, URL, Person


def _begin(page: Page) -> None:
    page.locator(".launch").first.click()
    page.get_by_role("textbox").last.fill("Is the Ridge 45 in stock in green?")
    page.keyboard.press("Enter")
    page.wait_for_timeout(800)


def _answered(page: Page) -> None:
    _begin(page)
    jonas = Person("jonas")
    team = jonas.get("conversations?view=queue")["items"]
    id = max(team, key=lambda one: str(one["created_at"]))["id"]
    jonas.do("post", f"conversations/{id}/take")
    jonas.answer(id, "Hello, I’m Jonas. It is: three are left in green.")
    page.wait_for_timeout(800)


def _told(page: Page) -> None:
    _answered(page)
    page.keyboard.press("Escape")
    jonas = Person("jonas")
    mine = max(jonas.get("conversations?view=mine")["items"], key=lambda one: str(one["created_at"]))
    jonas.answer(mine["id"], "Shall I put one aside for you?")
    page.wait_for_timeout(800)


def _menu(page: Page) -> None:
    _answered(page)
    page.locator(".menu-place button").first.click()


def _emoji(page: Page) -> None:
    _answered(page)
    page.locator(".emoji-btn").dispatch_event("click")
    page.wait_for_timeout(500)


def _lost(page: Page) -> None:
    _answered(page)
    cut_off(page)
    page.get_by_role("textbox").last.fill("Green is perfect!")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)


def _over(page: Page) -> None:
    _answered(page)
    jonas = Person("jonas")
    mine = max(jonas.get("conversations?view=mine")["items"], key=lambda one: str(one["created_at"]))
    jonas.do("post", f"conversations/{mine['id']}/close")
    page.wait_for_timeout(800)


def _rtl(page: Page) -> None:
    page.add_init_script("addEventListener('readystatechange', () => { document.documentElement.dir = 'rtl' }, true)")
    page.reload()
    _answered(page)


CHAT: dict[str, Act] = {
    "closed": lambda page: page.locator(".launch").first.wait_for(),
    "open": click(".launch"),
    "waiting": _begin,
    "answered": _answered,
    "told": _told,
    "menu": _menu,
    "emoji": _emoji,
    "offline": _lost,
    "over": _over,
    "right-to-left": _rtl,
}


def take_chats(context: Callable[[], BrowserContext], folder: Path, wanted: str) -> None:
    for name, act in CHAT.items():
        if re.search(wanted, f"chat-{name}"):
            _chat(context(), act, folder / f"chat-{name}.png")
    if re.search(wanted, "chat-form"):
        admin = Person("ingrid")
        channel = next(one for one in admin.get("channels") if one["name"].startswith("kestrel-out"))
        admin.do("patch", f"channels/{channel['id']}", form=FORM)
        _chat(context(), click(".launch"), folder / "chat-form.png")
        admin.do("patch", f"channels/{channel['id']}", form={**FORM, "active": False})


def _chat(context: BrowserContext, act: Act, path: Path) -> None:
    page = context.new_page()
    page.goto(f"{URL}/demo")
    try:
        act(page)
        page.wait_for_timeout(500)
    except Exception as problem:
        print(path.parent.name, path.stem, str(problem).splitlines()[0])  # noqa: T201
    page.screenshot(path=path)
    context.close()
