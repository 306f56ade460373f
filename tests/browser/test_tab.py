"""What the tab of the browser says while one looks elsewhere."""

from playwright.sync_api import expect

from tests.browser.conftest import NewPerson
from tests.running import PASSWORD, Running


def test_the_icon_carries_a_mark_while_somebody_waits(running: Running, person: NewPerson) -> None:
    admin = running.set_up()
    page = person().new_page()
    page.goto(running.url)
    page.locator("input[type=email]").fill("ada@example.com")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is waiting for you")).to_be_visible()
    icon = page.locator("link[rel=icon]")
    expect(icon).to_have_attribute("href", "/favicon.svg")

    key = admin.get("/api/channels").json()[0]["public_key"]
    visitor = running.client(running.client().post(f"/api/webchat/{key}/visitors", json={}).json()["token"])
    said = visitor.post("/api/webchat/messages", json={"id": "12345678", "text": "Hello?"}).json()
    path = f"/api/conversations/{said['conversation_id']}"
    admin.post(f"{path}/take").raise_for_status()
    expect(icon).to_have_attribute("href", "/favicon-calling.svg")
    expect(page).to_have_title("(1) Inbox · Helpline")
    assert admin.get("/favicon-calling.svg").headers["content-type"] == "image/svg+xml"
    admin.post(f"{path}/messages", json={"id": "87654321", "text": "Hello!"}).raise_for_status()
    expect(icon).to_have_attribute("href", "/favicon.svg")
