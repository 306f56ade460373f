"""What an administrator sets for the workspace, and what an agent who was lost is told, in a browser."""

from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.conftest import NewPerson
from tests.running import Running

PASSWORD = "kestrel-demo"


def _desk(person: NewPerson, demo: Running, who: str, path: str = "/") -> Page:
    page = person().new_page()
    page.goto(f"{demo.url}{path}")
    page.get_by_label("E-mail").fill(f"{who}@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Live", exact=True)).to_be_visible()
    return page


def test_grace_times_are_set_and_who_was_lost_longer_is_told_what_left(demo: Running, person: NewPerson) -> None:
    admin = _desk(person, demo, "ingrid", "/settings/workspace")
    admin.get_by_label("Name", exact=True).fill("Kestrel & Søn")
    admin.get_by_label("Offline after", exact=True).fill("0")
    admin.get_by_label("Given to others after", exact=True).fill("0")
    admin.get_by_role("button", name="Save").click()
    expect(admin.get_by_text("Saved")).to_be_visible()
    expect(admin.get_by_role("link", name="Kestrel & Søn")).to_be_visible()

    amara = _desk(person, demo, "amara")
    amara.get_by_role("button", name="Your availability").click()
    amara.get_by_role("menuitemradio", name="Ready").click()
    key = demo.client()
    key.post("/api/session", json={"email": "ingrid@kestrel.example", "password": PASSWORD})
    channel = key.get("/api/channels").json()[0]["public_key"]
    visitor = demo.client().post(f"/api/webchat/{channel}/visitors", json={"name": "Leila"}).json()
    demo.client(visitor["token"]).post("/api/webchat/messages", json={"id": new_id(), "text": "Are you there?"})
    expect(amara.get_by_text("Are you there?").first).to_be_visible()

    amara.goto("about:blank")
    tomas = _desk(person, demo, "tomas", "/board")
    queue = tomas.get_by_role("row").filter(has=tomas.get_by_role("button", name="Orders", exact=True))
    expect(queue.get_by_role("cell").first).to_have_text("1")
    amara.goto(demo.url)
    notice = amara.get_by_role("region", name="1 conversation went to others")
    expect(notice.get_by_text("Leila")).to_be_visible()
    expect(notice.get_by_text("waits in the queue")).to_be_visible()
    notice.get_by_role("button", name="OK").click()
    expect(notice).to_have_count(0)
