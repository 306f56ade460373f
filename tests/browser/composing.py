"""Ways for a browser test to sit down at a desk, and for a visitor to write to it without a browser."""

from dataclasses import dataclass

import httpx
from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.conftest import NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"


@dataclass
class Visitor:
    """Somebody in the shop."""

    client: httpx.Client
    token: str
    conversation_id: str = ""

    def write(self, text: str = "", **more: object) -> dict[str, object]:
        """Send a message."""
        answer = self.client.post("/api/webchat/messages", json={"id": new_id(), "text": text, **more})
        assert answer.status_code == 201, answer.text
        self.conversation_id = answer.json()["conversation_id"]
        return dict(answer.json())

    def upload(self, name: str, content: bytes) -> str:
        """Send a file ahead; its id."""
        return str(self.client.post("/api/webchat/files", files={"file": (name, content)}).json()["id"])


def sign_in(page: Page, running: Running, name: str) -> Page:
    """Somebody of the demo at their desk."""
    page.goto(running.url)
    page.locator("input[type=email]").fill(f"{name}@kestrel.example")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#work")).to_be_visible()
    expect(page.locator(".live")).to_have_attribute("data-state", "live")
    return page


def reload(desk: Page) -> None:
    """Load the page anew, as after F5, and wait until it may send again."""
    desk.reload()
    expect(desk.locator(".live")).to_have_attribute("data-state", "live")


def visitor(running: Running, name: str = "Leila Haddad") -> Visitor:
    """A new visitor of the demo's first shop."""
    desk = api(running, "ingrid")
    key = next(one["public_key"] for one in desk.get("/api/channels").json() if one["name"].startswith("kestrel-out"))
    token = running.client().post(f"/api/webchat/{key}/visitors", json={"name": name}).json()["token"]
    return Visitor(running.client(token), token)


def api(running: Running, name: str) -> httpx.Client:
    """Somebody of the demo without a browser."""
    client = running.client()
    answer = client.post("/api/session", json={"email": f"{name}@kestrel.example", "password": PASSWORD})
    client.headers["X-CSRF-Token"] = answer.json()["csrf"]
    return client


def served(running: Running, person: NewPerson, name: str = "amara") -> tuple[Page, Visitor]:
    """A visitor who has just written, in the hands of this agent, whose desk shows the conversation."""
    page = sign_in(person().new_page(), running, name)
    shopper = visitor(running)
    shopper.write("Is the Ridge 45 in stock in green?")
    agent = api(running, name)
    assert agent.post(f"/api/conversations/{shopper.conversation_id}/take").status_code == 200
    page.goto(f"{running.url}/inbox/mine/{shopper.conversation_id}")
    expect(page.get_by_role("log")).to_contain_text("Is the Ridge 45")
    return page, shopper
