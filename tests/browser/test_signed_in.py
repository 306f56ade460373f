"""Where somebody is signed in, and what happens when the connection or the address is lost."""

from playwright.sync_api import Page, expect

from tests.browser.composing import api, served
from tests.browser.conftest import NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"
EMAIL = "ingrid@kestrel.example"
OTHER = "amara@kestrel.example"


def _sign_in(page: Page, demo: Running, password: str = PASSWORD, email: str = EMAIL) -> None:
    page.goto(f"{demo.url}/settings/profile")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.keyboard.press("Enter")


def test_another_browser_is_signed_out_from_the_profile(demo: Running, person: NewPerson) -> None:
    here, there = person().new_page(), person(width=390, height=844).new_page()
    _sign_in(there, demo)
    expect(there.get_by_role("heading", name="Profile")).to_be_visible()
    _sign_in(here, demo)
    browsers = here.get_by_role("list", name="Signed in").get_by_role("listitem")
    expect(browsers).to_have_count(2)
    expect(browsers.filter(has_text="This one")).to_have_count(1)
    expect(browsers.first).to_contain_text("Chrome")
    browsers.get_by_role("button", name="Sign out").click()
    expect(browsers).to_have_count(1)
    expect(there.get_by_label("E-mail")).to_be_visible()
    _sign_in(there, demo)
    expect(there.get_by_role("heading", name="Profile")).to_be_visible()
    here.reload()
    here.get_by_role("button", name="Sign out all others").click()
    expect(browsers).to_have_count(1)
    expect(there.get_by_label("E-mail")).to_be_visible()


def test_a_password_that_was_reset_is_replaced_at_the_sign_in(demo: Running, person: NewPerson) -> None:
    admin = demo.client()
    admin.post("/api/session", json={"email": EMAIL, "password": PASSWORD}).raise_for_status()
    admin.headers["x-csrf-token"] = admin.get("/api/session").json()["csrf"]
    [amara] = [one for one in admin.get("/api/agents").json() if one["email"] == OTHER]
    admin.patch(f"/api/agents/{amara['id']}", json={"password": "given by Ingrid"}).raise_for_status()
    page = person().new_page()
    _sign_in(page, demo, "given by Ingrid", OTHER)
    expect(page.get_by_label("New password")).to_be_focused()
    page.keyboard.type("given by Ingrid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("New password").fill("chosen by Amara")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()


def test_an_address_of_nothing_leads_back(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    _sign_in(page, demo)
    expect(page.get_by_role("heading", name="Profile")).to_be_visible()
    page.goto(f"{demo.url}/nowhere/at/all")
    expect(page.get_by_role("heading", name="There is nothing here")).to_be_visible()
    page.get_by_role("link", name="To the inbox").click()
    expect(page).to_have_url(f"{demo.url}/inbox")


def test_a_lost_connection_shows_on_a_phone_and_in_the_title(demo: Running, person: NewPerson) -> None:
    context = person(width=390, height=844)
    page = context.new_page()
    _sign_in(page, demo)
    expect(page.locator(".live").first).to_have_attribute("data-state", "live")
    banner = page.get_by_text("Not connected. You can write")
    expect(banner).to_have_count(0)
    demo.__exit__(None, None, None)
    expect(banner).to_be_visible()
    assert page.title().startswith("⚠")


def test_a_tab_that_becomes_somebody_elses_keeps_nothing_of_the_former(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    agents = {one["email"]: one["name"] for one in api(demo, "ingrid").get("/api/agents").json()}
    desk.keyboard.press("r")
    desk.keyboard.type("Half a sentence of Amara")
    expect(desk.locator(".draft-state")).to_have_text("Draft saved")
    before = {one["name"]: one["value"] for one in desk.context.cookies()}
    amara = demo.client()
    amara.cookies.update(before)
    amara.headers["x-csrf-token"] = amara.get("/api/session").json()["csrf"]

    # In another tab Amara leaves and Ingrid signs in, faster than this one hears of it.
    desk.context.clear_cookies()
    for name, value in api(demo, "ingrid").cookies.items():
        desk.context.add_cookies([{"name": name, "value": value, "url": demo.url}])
    amara.delete("/api/session").raise_for_status()

    expect(desk.get_by_role("button", name=agents["ingrid@kestrel.example"])).to_be_visible()
    expect(desk.get_by_role("log")).to_contain_text("Is the Ridge 45")
    expect(desk.locator("#work")).not_to_contain_text("Half a sentence of Amara")
    desk.keyboard.press("n")
    expect(desk.locator("textarea.composer-text")).to_have_value("")
