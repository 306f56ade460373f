"""The session settings in a browser: what is written is seen at once, stored, used, and inherited by the categories."""

from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.conftest import NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"


def _settings(person: NewPerson, demo: Running) -> Page:
    page = person().new_page()
    page.goto(f"{demo.url}/settings/sessions")
    page.get_by_label("E-mail").fill("ingrid@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Session settings")).to_be_visible()
    return page


def _heard(demo: Running, page: Page) -> list[str]:
    key = page.request.get(f"{demo.url}/api/channels").json()[0]["public_key"]
    token = demo.client().post(f"/api/webchat/{key}/visitors", json={"name": "Leila", "locale": "en"}).json()["token"]
    visitor = demo.client(token)
    visitor.post("/api/webchat/messages", json={"id": new_id(), "text": "Anybody?"}).raise_for_status()
    return [row["text"] for row in visitor.get("/api/webchat/conversation").json()["messages"]]


def test_a_prompt_is_written_seen_at_once_and_used_from_the_next_event_on(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    text = page.get_by_role("textbox", name="Connecting")
    text.fill("Hold on $ContactName, $OwnerNmae looks for somebody")
    expect(page.get_by_text("Did you mean $OwnerName?")).to_be_visible()
    preview = page.get_by_role("log", name="What the customer reads")
    expect(preview.get_by_text("Hold on Amara")).to_be_visible()
    text.fill("Hold on $ContactName")
    expect(page.get_by_text("1 change")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved")).to_be_visible()
    assert "Hold on Leila" in _heard(demo, page)


def test_a_category_inherits_until_it_decides_itself_and_can_go_back(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    page.get_by_label("For", exact=True).select_option(label="Kestrel shop")
    expect(page.get_by_text("As in the workspace").first).to_be_visible()
    limit = page.get_by_label("Limit of a service", exact=True)
    limit.fill("10")
    limit.blur()
    expect(page.get_by_text("1 change")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved")).to_be_visible()
    back = page.locator(".rows > div").filter(has=limit).get_by_role("button", name="Use the workspace’s")
    expect(back).to_be_visible()
    page.get_by_label("For", exact=True).select_option(label="Whole workspace")
    expect(limit).not_to_have_value("10")
    page.get_by_label("For", exact=True).select_option(label="Kestrel shop")
    expect(limit).to_have_value("10")
    back.click()
    page.get_by_role("button", name="Save").click()
    expect(back).to_have_count(0)


def test_a_reminder_after_the_end_is_refused_at_its_field(demo: Running, person: NewPerson) -> None:
    page = _settings(person, demo)
    for label, minutes in (("Contact silent, remind", "9"), ("Contact silent, close", "8")):
        page.get_by_label(label, exact=True).fill(minutes)
        page.get_by_label(label, exact=True).blur()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("A reminder has to come before what it reminds of.")).to_be_visible()
    expect(page.get_by_label("Contact silent, remind", exact=True)).to_have_attribute("aria-invalid", "true")
