"""Manual service mode at the desk: it rings for one, who lets it go by, and then for another, who connects."""

import httpx
from playwright.sync_api import Page, expect

from tests.browser.composing import api, sign_in, visitor
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running


def _manual(running: Running, **more: object) -> httpx.Client:
    """From now on conversations are offered."""
    admin = api(running, "ingrid")
    version = admin.get("/api/session-settings").json()["version"]
    changed = {"version": version, "service_mode": {"mode": "manual", **more}}
    admin.patch("/api/session-settings", json=changed).raise_for_status()
    return admin


def _ready(running: Running, page: Page, name: str) -> Page:
    """Somebody at their desk, who offers to serve."""
    sign_in(page, running, name)
    api(running, name).put("/api/me/availability", json={"state": "ready"}).raise_for_status()
    expect(page.get_by_role("button", name="Your availability: Ready")).to_be_visible()
    return page


def test_one_lets_it_go_by_and_the_other_connects(demo: Running, person: NewPerson) -> None:
    _manual(demo, connect_within=6, break_after_miss=True)
    amara = _ready(demo, person().new_page(), "amara")
    shopper = visitor(demo)
    shopper.write("My phone shows no network since the update.")
    mine = amara.get_by_role("region", name="A conversation for you")
    expect(mine).to_contain_text("Leila Haddad")
    expect(mine).to_contain_text("no network since the update")
    expect(mine.get_by_role("timer")).to_be_visible()
    jonas = _ready(demo, person().new_page(), "jonas")
    jonas.goto(f"{demo.url}/records")
    theirs = jonas.get_by_role("region", name="A conversation for you")
    expect(theirs).to_contain_text("Leila Haddad")
    expect(mine).to_have_count(0)
    expect(amara.get_by_role("button", name="Your availability: Break (missed offer)")).to_be_visible()
    jonas.keyboard.press("Alt+Enter")
    expect(theirs).to_have_count(0)
    expect(jonas).to_have_url(f"{demo.url}/inbox/mine/{shopper.conversation_id}")
    expect(jonas.get_by_role("log")).to_contain_text("did not connect in time")
    jonas.get_by_role("textbox", name="Reply to Leila Haddad").fill("I am here.")
    jonas.get_by_role("button", name="Send").click()
    expect(jonas.get_by_role("log")).to_contain_text("I am here.")


def test_it_rings_over_every_screen_on_a_phone_too_and_may_be_left_to_the_next(
    demo: Running, person: NewPerson
) -> None:
    _manual(demo, connect_within=120)
    page = _ready(demo, person().new_page(), "amara")
    visitor(demo).write("My phone shows no network since the update. I’m abroad until Sunday and I need it for work.")
    banner = page.get_by_role("region", name="A conversation for you")
    for where in ("inbox", "contacts", "records", "settings"):
        page.goto(f"{demo.url}/{where}")
        expect(banner).to_be_visible()
    page.goto(f"{demo.url}/inbox")
    expect(banner).to_be_visible()
    page.screenshot(path=SHOTS / "offer.png")
    banner.get_by_role("button", name="Mute the ring").click()
    expect(banner.get_by_role("button", name="Mute the ring")).to_be_disabled()
    small = sign_in(person(width=390, height=844, dark=True, locale="zh-TW").new_page(), demo, "amara")
    expect(small.locator(".offer")).to_contain_text("Leila Haddad")
    small.screenshot(path=SHOTS / "offer-phone-dark.png")
    jonas = _ready(demo, person().new_page(), "jonas")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill("Leave this one")
    page.keyboard.press("Enter")
    expect(jonas.get_by_role("region", name="A conversation for you")).to_contain_text("Leila Haddad")
    expect(banner).to_have_count(0)
