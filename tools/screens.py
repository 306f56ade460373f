"""Every screen of the desk and the chat: in four looks, into a folder, to be looked at beside each other."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect
from stage import FORM, PASSWORD, URL, Person, served, stage

SOCKETS = """
  const Real = WebSocket, sockets = [];
  window.sockets = sockets;
  window.WebSocket = class extends Real { constructor(...given) { super(...given); sockets.push(this); } };
"""
SIZES = {"desk": (1440, 900), "phone": (390, 844)}
Act = Callable[[Page], object]


@dataclass(frozen=True)
class Screen:
    """Where it is, who looks at it, and what they do there first."""

    name: str
    place: str
    who: str = "amara"
    act: Act | None = None
    only: str = ""
    """The size it is to be had in, when it is not both."""


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


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    page.evaluate("sockets.forEach((one) => one.close())")
    page.wait_for_timeout(1500)


def desk_screens(ids: dict[str, str], links: dict[str, str]) -> list[Screen]:
    """All of the desk, for somebody who is signed in."""
    mine = f"/inbox/mine/{ids['active']}"
    settings = (
        "channels",
        "categories",
        "owners",
        "results",
        "reasons",
        "canned",
        "agents",
        "teams",
        "roles",
        "breaks",
    )
    return [
        Screen("inbox-none-open", "/inbox"),
        Screen("inbox-empty", "/inbox", "ingrid"),
        Screen("inbox-active", mine),
        Screen("inbox-panel", mine, act=click(".conv-top .drawer-only"), only="phone"),
        Screen("inbox-waiting", f"/inbox/team-{ids['queue']}/{ids['waiting']}"),
        Screen("inbox-queue", f"/inbox/team-{ids['queue']}", only="phone"),
        Screen("inbox-wrap-up", f"/inbox/wrap-up/{ids['wrap-up']}"),
        Screen("inbox-wrap-up-list", "/inbox/wrap-up", only="phone"),
        Screen("inbox-closed", f"/inbox/mine/{ids['closed']}"),
        Screen("inbox-snoozed", f"/inbox/snoozed/{ids['snoozed']}"),
        Screen("inbox-snoozed-list", "/inbox/snoozed", only="phone"),
        Screen("inbox-mentions", f"/inbox/mentions/{ids['mention']}"),
        Screen("inbox-search", "/inbox", act=press("/", "=ridge")),
        Screen("views", "/inbox", act=click(".view-menu, .pane-head button"), only="phone"),
        Screen("picture", mine, act=click(".file-picture, [role=log] button:has(img)")),
        Screen("emoji", mine, act=click(".composer-bar [aria-expanded]")),
        Screen("emoji-typed", mine, act=press("r", "=Fine :thu")),
        Screen("canned", mine, act=press("r", "=/re")),
        Screen("mention", mine, act=press("n", "=Can @")),
        Screen("note", mine, act=press("n", "=Ask the depot what happened.")),
        Screen("transfer", mine, act=press("t")),
        Screen("snooze", mine, act=press("s")),
        Screen("end", mine, act=press("e")),
        Screen("availability", mine, act=press("v")),
        Screen("palette", mine, act=press("Control+k")),
        Screen("palette-found", mine, act=press("Control+k", "=re")),
        Screen("keys", mine, act=press("?")),
        Screen("offline", mine, act=_offline),
        Screen("records", "/records"),
        Screen("records-filter", "/records", act=click(".rec-filter")),
        Screen("records-none", "/records?q=nothing+of+this+kind"),
        Screen("record-open", f"/records/{ids['record']}"),
        Screen("record-completed", links["/records"]),
        Screen("contacts", "/contacts"),
        Screen("contacts-new", "/contacts", act=press("c")),
        Screen("contacts-none", "/contacts?q=nobody+of+this+name"),
        Screen("contact", links["/contacts"]),
        Screen("board", "/board", "tomas"),
        Screen("board-wall", "/board?wall=1", "tomas", only="desk"),
        Screen("board-queue", "/board", "tomas", act=click(".board tbody tr button")),
        Screen("board-agent", "/board", "tomas", act=click(".agent")),
        Screen("profile", "/settings/profile"),
        Screen("tokens", "/settings/tokens"),
        Screen("settings", "/settings", "ingrid"),
        Screen("settings-of-an-agent", "/settings"),
        Screen("workspace", "/settings/workspace", "ingrid"),
        Screen("audit", "/settings/audit", "ingrid"),
        *(Screen(f"settings-{one}", f"/settings/{one}", "ingrid") for one in settings),
        *(Screen(f"settings-{one}-new", f"/settings/{one}/new", "ingrid") for one in settings),
        *(Screen(f"settings-{one}-entry", links[f"/settings/{one}"], "ingrid") for one in settings),
        Screen("not-found", "/nowhere"),
    ]


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
    _offline(page)
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


def take_all(browser: Browser, folder: Path, wanted: str) -> None:
    """Each screen whose name fits, in each look: both sizes, English by day and Chinese by night."""
    with served():
        ids, links = stage(browser), {}
        for size, look in product(SIZES, ("en", "zh-TW")):
            width, height = SIZES[size]
            desks: dict[str, Page] = {}

            def context() -> BrowserContext:
                scheme = "dark" if look == "zh-TW" else "light"  # noqa: B023 - called within this very round
                made = browser.new_context(
                    viewport={"width": width, "height": height},  # noqa: B023
                    color_scheme=scheme,
                    locale=look,  # noqa: B023
                    reduced_motion="reduce",
                )
                made.set_default_timeout(6000)
                made.add_init_script(SOCKETS)
                return made

            place = folder / f"{size}-{look}"
            place.mkdir(parents=True, exist_ok=True)
            for who in ("amara", "tomas", "ingrid"):
                Person(who).do("patch", "me", locale=look)
                desks[who] = sit_down(context(), who)
            if not links:
                links = _links(desks["ingrid"])
            for screen in desk_screens(ids, links):
                if screen.only in ("", size) and re.search(wanted, screen.name):
                    _take(desks[screen.who], screen, place)
            _entry(context(), place, wanted)
            _chats(context, place, wanted)
            for desk in desks.values():
                desk.context.close()


def sit_down(context: BrowserContext, who: str) -> Page:
    """Somebody of the demo at their desk."""
    page = context.new_page()
    page.goto(URL)
    page.locator("input[type=email]").fill(f"{who}@kestrel.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".live").first).to_have_attribute("data-state", "live")
    return page


def _links(page: Page) -> dict[str, str]:
    """A page of each list, as its second row leads to it."""
    lists = ["/records", "/contacts"]
    lists += [f"/settings/{one}" for one in ("channels", "categories", "owners", "results", "reasons", "canned")]
    lists += [f"/settings/{one}" for one in ("agents", "teams", "roles", "breaks")]
    found = {}
    for one in lists:
        page.goto(f"{URL}{one}")
        rows = page.locator(f"main a[href^='{one}/']:not([href$='/new'])")
        rows.first.wait_for()
        found[one] = rows.nth(min(3, rows.count() - 1)).get_attribute("href") or one
    return found


def _take(page: Page, screen: Screen, folder: Path) -> None:
    try:
        page.goto(f"{URL}{screen.place}")
        expect(page.locator(".live").first).to_have_attribute("data-state", "live")
        expect(page.locator(".skeleton")).to_have_count(0)
        page.wait_for_timeout(300)
        if screen.act:
            screen.act(page)
        page.wait_for_timeout(300)
    except Exception as problem:
        print(folder.name, screen.name, str(problem).splitlines()[0])  # noqa: T201 - what could not be shown is said
    page.screenshot(path=folder / f"{screen.name}.png")
    page.context.set_offline(False)
    field = page.locator(".composer-text")
    if field.count() and field.input_value():  # a draft would stand in the next picture
        field.fill("")
        page.wait_for_timeout(1500)


def _entry(context: BrowserContext, folder: Path, wanted: str) -> None:
    page = context.new_page()
    if re.search(wanted, "sign-in"):
        page.goto(URL)
        page.locator("input[type=email]").wait_for()
        page.screenshot(path=folder / "sign-in.png")
        page.locator("input[type=email]").fill("amara@kestrel.example")
        page.locator("input[type=password]").fill("not the password")
        page.keyboard.press("Enter")
        page.get_by_role("alert").wait_for()
        page.screenshot(path=folder / "sign-in-refused.png")
    if re.search(wanted, "set-up"):
        page.route("**/api/setup", lambda route: route.fulfill(json={"needed": True}))
        page.goto(URL)
        page.wait_for_timeout(800)
        page.screenshot(path=folder / "set-up.png")
    context.close()


def _chats(context: Callable[[], BrowserContext], folder: Path, wanted: str) -> None:
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
