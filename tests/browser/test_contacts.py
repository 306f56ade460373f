"""Contacts in a browser: a visitor who comes by another browser is joined to their contact, and the profile tells it all."""

import httpx
from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"
WHO = {"name": "Leila", "email": "leila@example.com"}


def _desk(person: NewPerson, demo: Running, who: str) -> Page:
    page = person().new_page()
    page.goto(demo.url)
    page.get_by_label("E-mail").fill(f"{who}@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    return page


def _visit(demo: Running, client: httpx.Client, text: str) -> str:
    key = client.get("/api/channels").json()[0]["public_key"]
    token = demo.client().post(f"/api/webchat/{key}/visitors", json=WHO).json()["token"]
    said = demo.client(token).post("/api/webchat/messages", json={"id": new_id(), "text": text})
    return str(said.json()["conversation_id"])


def test_a_visitor_by_another_browser_is_joined_and_parted(demo: Running, person: NewPerson) -> None:
    client = demo.client()
    signed_in = client.post("/api/session", json={"email": "tomas@kestrel.example", "password": PASSWORD})
    client.headers["x-csrf-token"] = signed_in.json()["csrf"]
    first = _visit(demo, client, "From my laptop")
    leila = client.post("/api/contacts", json={**WHO, "name": "Leila Haddad", "conversation_id": first}).json()

    second = _visit(demo, client, "From my phone")
    desk = _desk(person, demo, "tomas")
    desk.goto(f"{demo.url}/inbox/mine/{second}")
    expect(desk.get_by_text("This may be Leila Haddad")).to_be_visible()
    desk.get_by_role("button", name="Join").click()
    expect(desk.get_by_role("heading", name="Leila Haddad").first).to_be_visible()

    desk.goto(f"{demo.url}/contacts/{leila['id']}")
    history = desk.get_by_role("region", name="History")
    expect(history.get_by_text("From my phone")).to_be_visible()
    expect(history.get_by_text("From my laptop")).to_be_visible()
    ways = desk.get_by_role("region", name="Comes by")
    expect(ways.get_by_role("listitem")).to_have_count(2)
    desk.screenshot(path=SHOTS / "contact.png")

    third = _visit(demo, client, "From work")
    desk.reload()
    expect(ways.get_by_text("Is it the same person?")).to_be_visible()
    ways.get_by_role("button", name="Join").click()
    expect(history.get_by_text("From work")).to_be_visible()
    ways.get_by_role("listitem").filter(has_text="last seen").first.get_by_role("button", name="Take apart").click()
    expect(ways.get_by_role("listitem")).to_have_count(2)
    expect(history.get_by_text("From work")).to_have_count(0)
    assert client.get(f"/api/conversations/{third}").json()["contact_id"] is None
