"""Every screen of the desk and the chat: in four looks, into a folder, to be looked at beside each other."""

import re
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from acts import SOCKETS, Act, click, cut_off, press
from chats import take_chats
from playwright.sync_api import Browser, BrowserContext, Page, expect
from stage import PASSWORD, URL, Person, served, stage

SIZES = {"desk": (1440, 900), "phone": (390, 844)}


@dataclass(frozen=True)
class Screen:
    """Where it is, who looks at it, and what they do there first."""

    name: str
    place: str
    who: str = "amara"
    act: Act | None = None
    only: str = ""
    """The size it is to be had in, when it is not both."""


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
        Screen("offline", mine, act=cut_off),
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


def take_all(browser: Browser, folder: Path, wanted: str) -> None:
    """Each screen whose name fits, in each look: both sizes, English by day and Chinese by night."""
    with served():
        ids = stage(browser)
        links: dict[str, str] = {}
        for size, language in product(SIZES, ("en", "zh-TW")):
            place = folder / f"{size}-{language}"
            place.mkdir(parents=True, exist_ok=True)
            desks = {}
            for who in ("amara", "tomas", "ingrid"):
                Person(who).do("patch", "me", locale=language)
                desks[who] = sit_down(_look(browser, size, language), who)
            links = links or _links(desks["ingrid"])
            for screen in desk_screens(ids, links):
                if screen.only in ("", size) and re.search(wanted, screen.name):
                    _take(desks[screen.who], screen, place)
            _entry(_look(browser, size, language), place, wanted)
            take_chats(partial(_look, browser, size, language), place, wanted)
            for desk in desks.values():
                desk.context.close()


def _look(browser: Browser, size: str, language: str) -> BrowserContext:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if language == "zh-TW" else "light",
        locale=language,
        reduced_motion="reduce",
    )
    context.set_default_timeout(6000)
    context.add_init_script(SOCKETS)
    return context


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
