"""Contacts in a browser: a visitor who comes by another browser is joined to their contact, and the profile tells it all."""

import re

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


def _signed_in(demo: Running) -> httpx.Client:
    client = demo.client()
    signed_in = client.post("/api/session", json={"email": "tomas@kestrel.example", "password": PASSWORD})
    client.headers["x-csrf-token"] = signed_in.json()["csrf"]
    return client


def test_two_contacts_are_merged_by_the_keys_and_given_back(demo: Running, person: NewPerson) -> None:
    client = _signed_in(demo)
    talk = _visit(demo, client, "From the other profile")
    other = {"name": "L. Haddad-Zhou", "phone": "+353 1 555 0100", "email": "lz@example.com"}
    moved = client.post("/api/contacts", json={**other, "conversation_id": talk}).json()["id"]
    stays = client.post("/api/contacts", json={"name": "Leila Haddad-Zhou"}).json()["id"]
    desk = _desk(person, demo, "tomas")
    beside = _desk(person, demo, "jonas")
    beside.goto(f"{demo.url}/contacts/{moved}")
    expect(beside.get_by_role("heading", name="L. Haddad-Zhou", level=1)).to_be_visible()
    desk.goto(f"{demo.url}/contacts/{stays}")
    expect(desk.get_by_role("heading", name="Leila Haddad-Zhou", level=1)).to_be_visible()
    desk.keyboard.press("m")
    dialog = desk.get_by_role("dialog", name="Merge into Leila Haddad-Zhou")
    desk.keyboard.type("L. Haddad-Z")
    expect(desk.get_by_role("option", name="L. Haddad-Zhou")).to_have_count(1)
    desk.keyboard.press("Enter")
    would = dialog.get_by_role("region", name="Will say")
    expect(would.get_by_text("+353 1 555 0100")).to_be_visible()
    expect(would.get_by_text("1 contact point, 1 conversation and 0 service records move along.")).to_be_visible()
    desk.screenshot(path=SHOTS / "merge.png")
    desk.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(desk.get_by_text("L. Haddad-Zhou merged into Leila Haddad-Zhou")).to_be_visible()
    expect(desk.get_by_label("Phone")).to_have_value("+353 1 555 0100")
    expect(desk.get_by_role("region", name="History").get_by_text("From the other profile")).to_be_visible()
    expect(desk.get_by_role("region", name="Merged into this contact")).to_contain_text("L. Haddad-Zhou")
    desk.screenshot(path=SHOTS / "merged.png")
    expect(beside).to_have_url(f"{demo.url}/contacts/{stays}")
    beside.goto(f"{demo.url}/contacts/{moved}")
    expect(beside).to_have_url(f"{demo.url}/contacts/{stays}")
    desk.keyboard.press("z")
    expect(desk.get_by_text("Everything is as it was")).to_be_visible()
    expect(desk.get_by_label("Phone")).to_have_value("")
    expect(desk.get_by_role("region", name="Merged into this contact")).to_contain_text("undone by")
    beside.goto(f"{demo.url}/contacts/{moved}")
    expect(beside.get_by_role("heading", name="L. Haddad-Zhou", level=1)).to_be_visible()


def test_an_agent_writes_first_and_the_visitor_sees_it_when_they_are_back(demo: Running, person: NewPerson) -> None:
    client = _signed_in(demo)
    key = client.get("/api/channels").json()[0]["public_key"]
    visitor = person().new_page()
    visitor.goto(f"{demo.url}/try/{key}")
    visitor.get_by_role("button", name="Open the chat").click()
    visitor.get_by_role("textbox", name="Message").fill("Where is my kettle?")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_text("Where is my kettle?").first).to_be_visible()
    desk = _desk(person, demo, "tomas")
    desk.get_by_role("link", name=re.compile("^Orders")).click()
    expect(desk.get_by_role("link", name="Where is my kettle?")).to_be_visible()
    found = client.get("/api/conversations", params={"view": "any"}).json()["items"]
    said = next(row for row in found if row["last_text"] == "Where is my kettle?")
    contact = client.post("/api/contacts", json={"name": "Kim Kettle", "conversation_id": said["id"]}).json()["id"]
    client.post(f"/api/conversations/{said['id']}/close")
    expect(visitor.get_by_text("Conversation ended").first).to_be_visible()
    visitor.get_by_role("button", name="Close").last.click()
    visitor.goto("about:blank")

    desk.goto(f"{demo.url}/contacts/{contact}")
    expect(desk.get_by_role("heading", name="Kim Kettle", level=1)).to_be_visible()
    desk.keyboard.press("w")
    dialog = desk.get_by_role("dialog", name="Write to Kim Kettle")
    expect(dialog.get_by_role("radio")).to_be_checked()
    dialog.get_by_label("Message").fill("Your kettle has arrived.")
    desk.screenshot(path=SHOTS / "start.png")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("log").get_by_text("Your kettle has arrived.")).to_be_visible()
    expect(desk.get_by_role("log").get_by_text("You wrote first")).to_be_visible()
    desk.screenshot(path=SHOTS / "started.png")

    visitor.goto(f"{demo.url}/try/{key}")
    visitor.get_by_role("button", name="Open the chat, 1 unread message").click()
    expect(visitor.get_by_text("Your kettle has arrived.").last).to_be_visible()
    visitor.get_by_role("textbox", name="Message").fill("Wonderful")
    visitor.keyboard.press("Enter")
    expect(desk.get_by_role("log").get_by_text("Wonderful")).to_be_visible()
