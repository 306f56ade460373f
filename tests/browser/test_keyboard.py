"""The whole loop from the keyboard: not one event of a mouse."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.composing import api
from tests.browser.conftest import SHOTS, NewPerson
from tests.listening import eventually
from tests.running import Running

PASSWORD = "kestrel-demo"
QUESTION = "Does the Tarn bottle fit the side pocket?"

WATCH_THE_MOUSE = """
  window.mice = [];
  for (const kind of ['pointerdown', 'mousedown', 'touchstart', 'wheel', 'mousemove'])
    addEventListener(kind, (event) => event.isTrusted && window.mice.push(kind), true);
"""

FOCUS_SHOWS = """() => {
  const marks = (style) =>
    (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  let one = document.activeElement;
  if (!one || one === document.body) return 'nothing has the focus';
  const box = one.getBoundingClientRect();
  const name = one.outerHTML.slice(0, 160);
  if (!box.width || !box.height) return 'focus on something invisible: ' + name;
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth)
    return 'focus outside of the window: ' + name;
  for (let step = 0; step < 3 && one; step += 1, one = one.parentElement) {
    if (marks(getComputedStyle(one))) return '';
    const ring = one.matches(':focus-within') && getComputedStyle(one).borderColor;
    if (ring && ring !== getComputedStyle(one.cloneNode()).borderColor && one.matches('.composer, .inputs')) return '';
  }
  return 'focus that is not to be seen: ' + name;
}"""


@pytest.fixture
def desk(demo: Running, person: NewPerson) -> Iterator[Page]:
    """A desk at the sign-in, where a mouse would be noticed; at the end there was none."""
    page = person().new_page()
    page.add_init_script(WATCH_THE_MOUSE)
    page.goto(demo.url)
    yield page
    assert page.evaluate("mice") == []


def _sign_in(desk: Page, email: str = "amara@kestrel.example") -> None:
    expect(desk.get_by_label("E-mail")).to_be_focused()
    desk.keyboard.type(email)
    desk.keyboard.press("Tab")
    desk.keyboard.type(PASSWORD)
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("Live", exact=True)).to_be_visible()


def _go(desk: Page, *keys: str) -> None:
    for key in keys:
        desk.keyboard.press(key)


def _be_ready(desk: Page) -> None:
    _go(desk, "v")
    expect(desk.get_by_role("menu")).to_be_visible()
    desk.keyboard.type("Ready")
    _go(desk, "Enter")
    expect(desk.get_by_role("button", name="Your availability")).to_contain_text("Ready")


def _tab_to(desk: Page, wanted: Locator, most: int = 30) -> None:
    for _ in range(most):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        _go(desk, "Tab")
    raise AssertionError(f"Tab never comes to {wanted}")


def _write_as_visitor(demo: Running, text: str) -> None:
    client = demo.client()
    key = client.get("/demo").text.split('data-key="')[1].split('"')[0]
    visitor = client.post(f"/api/webchat/{key}/visitors", json={}).json()
    headers = {"authorization": f"Bearer {visitor['token']}"}
    said = client.post("/api/webchat/messages", json={"id": "from-outside-1", "text": text}, headers=headers)
    assert said.status_code == 201, said.text


def test_every_task_of_the_loop(demo: Running, desk: Page) -> None:
    _sign_in(desk)
    _be_ready(desk)
    _write_as_visitor(demo, QUESTION)
    expect(desk.get_by_role("link", name=QUESTION)).to_be_visible()

    _go(desk, "g", "n")
    log = desk.get_by_role("log")
    expect(log).to_contain_text(QUESTION)
    _go(desk, "r")
    desk.keyboard.type("It does, with the strap above it.")
    _go(desk, "Control+Enter")
    expect(log).to_contain_text("with the strap above it")
    _go(desk, "Escape", "n")
    desk.keyboard.type("Asked for the third time this week.")
    _go(desk, "Control+Enter")
    expect(log).to_contain_text("for the third time")

    _go(desk, "Escape", "t")
    expect(desk.get_by_role("combobox", name="Transfer to")).to_be_focused()
    desk.keyboard.type("Returns")
    _go(desk, "Enter", "Control+Enter")
    expect(desk.get_by_text("Handed to Returns")).to_be_visible()
    expect(desk.get_by_role("button", name="Take")).to_be_visible()
    _go(desk, "a")
    expect(log).to_contain_text("You took it from the queue")

    _go(desk, "e")
    expect(desk.get_by_label("Result").first).to_be_focused()
    desk.keyboard.type("Solved")
    _tab_to(desk, desk.get_by_label("Reasons").first)
    desk.keyboard.type("Size")
    expect(desk.get_by_role("option", name="Size and fit")).to_be_visible()
    _go(desk, "Enter", "Escape")
    _tab_to(desk, desk.get_by_label("Notes").first)
    desk.keyboard.type("Fits, told about the strap.")
    expect(desk.get_by_text("Saved", exact=True).first).to_be_visible()
    _go(desk, "Control+Enter")
    expect(desk.get_by_text("is completed")).to_be_visible()
    amara, noted = api(demo, "amara"), {"q": "told about the strap"}  # found a moment after it was written
    eventually(lambda: amara.get("/api/records", params=noted).json()["items"])
    _find_and_reopen(desk)


def _find_and_reopen(desk: Page) -> None:
    desk.keyboard.press("Escape")
    _go(desk, "g", "r")
    expect(desk.get_by_role("table")).to_be_visible()
    _go(desk, "/")
    desk.keyboard.type("told about the strap")
    _go(desk, "Enter", "Escape")
    expect(desk.get_by_role("row")).to_have_count(2)
    _go(desk, "j", "Enter")
    expect(desk.get_by_text("Fits, told about the strap.").first).to_be_visible()
    _tab_to(desk, desk.get_by_role("button", name="Reopen"), most=40)
    _go(desk, "Enter")
    expect(desk.get_by_role("button", name="Complete")).to_be_visible()


def test_what_was_done_by_mistake_is_undone(demo: Running, desk: Page) -> None:
    _sign_in(desk)
    _be_ready(desk)
    _write_as_visitor(demo, QUESTION)
    expect(desk.get_by_role("link", name=QUESTION)).to_be_visible()
    _go(desk, "g", "n")
    expect(desk.get_by_role("log")).to_contain_text(QUESTION)
    _go(desk, "Control+k")
    desk.keyboard.type("transfer to returns")
    expect(desk.get_by_role("option", name="Transfer to Returns")).to_be_visible()
    desk.screenshot(path=SHOTS / "palette.png")
    _go(desk, "Enter")
    expect(desk.get_by_text("Handed to Returns")).to_be_visible()
    _go(desk, "z")
    expect(desk.get_by_role("log")).to_contain_text("Handed over to you")


def test_anything_is_found_by_its_name(desk: Page) -> None:
    _sign_in(desk, "ingrid@kestrel.example")
    for typed, option, heading in (
        ("freya lindg", "freya.lindgren@post.example", "Freya Lindgren"),
        ("settings results", "Settings: Results", "Results"),
        ("go rec", "Records", "Service records"),
        ("#7", "7", "7"),
    ):
        _go(desk, "Control+k")
        desk.keyboard.type(typed.removeprefix("go "))
        found = desk.get_by_role("option", name=option).first
        expect(found).to_be_visible()
        while found.get_attribute("aria-selected") != "true":
            _go(desk, "ArrowDown")
        assert desk.get_by_role("combobox", name="Search or do").get_attribute(
            "aria-activedescendant"
        ) == found.get_attribute("id")
        _go(desk, "Enter")
        expect(desk.get_by_role("heading", name=heading).first).to_be_visible()


def test_the_sheet_shows_every_key_and_finds_one(desk: Page) -> None:
    _sign_in(desk)
    _go(desk, "?")
    sheet = desk.get_by_role("dialog", name="All keys")
    here = sheet.get_by_role("region", name="On this page")
    for group in ("Inbox", "Conversation", "Everywhere", "Go to"):
        expect(here.get_by_role("heading", name=group)).to_be_visible()
    expect(here.get_by_role("heading", level=4).first).to_have_text("Inbox")
    elsewhere = sheet.get_by_role("region", name="On other pages")
    for group in ("Service records", "Service record", "Contacts", "Settings"):
        expect(elsewhere.get_by_role("heading", name=group, exact=True)).to_be_visible()
    expect(elsewhere.get_by_text("Next record")).to_be_visible()
    expect(sheet.get_by_role("heading", name="Board")).to_have_count(0)
    desk.keyboard.type("next conv")
    expect(sheet.get_by_text("Next conversation")).to_be_visible()
    expect(sheet.get_by_text("Sign out")).to_have_count(0)
    _go(desk, "Escape")
    expect(sheet).to_have_count(0)


def test_single_letters_can_be_switched_off_and_stay_off(desk: Page) -> None:
    _sign_in(desk)
    _go(desk, "Control+k")
    desk.keyboard.type("settings profile")
    expect(desk.get_by_role("option", name="Settings: Profile")).to_be_visible()
    _go(desk, "Enter")
    _tab_to(desk, desk.get_by_role("switch", name="Single letters are keys"), most=60)
    with desk.expect_response("**/api/me/preferences"):
        _go(desk, "Space")
    desk.reload()
    expect(desk.get_by_text("Live", exact=True)).to_be_visible()
    _go(desk, "?", "g", "r", "Control+k")
    expect(desk.get_by_role("dialog", name="Search or do")).to_be_visible()
    expect(desk.get_by_role("heading", name="Profile")).to_be_visible()


@pytest.mark.parametrize("place", ["/inbox", "/records", "/contacts", "/settings/profile"])
def test_tab_goes_through_a_page_and_the_focus_is_always_seen(demo: Running, desk: Page, place: str) -> None:
    _sign_in(desk)
    desk.goto(f"{demo.url}{place}")
    expect(desk.get_by_text("Live", exact=True)).to_be_visible()
    expect(desk.get_by_role("main")).to_be_visible()
    _go(desk, "Tab")
    assert desk.evaluate("document.activeElement.className") == "skip"
    seen = []
    for _ in range(25):
        _go(desk, "Tab")
        if desk.evaluate("document.activeElement === document.body"):
            break
        seen.append(desk.evaluate(FOCUS_SHOWS))
    assert [trouble for trouble in seen if trouble] == []
    assert len(seen) > 8
