"""The automatic accessibility check finds nothing in what comes and goes: states of a conversation, pickers, the chat's."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.composing import Visitor, api, sign_in, visitor
from tests.browser.conftest import NewPerson, demo_in
from tests.browser.seeded import Seeded
from tests.running import Running

LOOKS = {"desk, light": {}, "phone, dark, Chinese": {"width": 390, "height": 844, "dark": True, "locale": "zh-TW"}}


@pytest.fixture(scope="module")
def demo(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One demo for all of them: each brings conversations of its own."""
    with demo_in(tmp_path_factory.mktemp("axe") / "demo", seeded) as server:
        yield server


def _findings(page: Page, where: str) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    expect(page.locator(".skeleton")).to_have_count(0)
    return [
        f"{where}: {rule['id']} ({rule['help']}) at {node['target']}: {node['html'][:200]}"
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


def _desk(demo: Running, person: NewPerson, look: str) -> Page:
    language = str(LOOKS[look].get("locale", "en"))
    api(demo, "amara").patch("/api/me", json={"locale": language}).raise_for_status()
    return sign_in(person(**LOOKS[look]).new_page(), demo, "amara")  # type: ignore[arg-type]


def _served(demo: Running) -> Visitor:
    shopper = visitor(demo)
    shopper.write("Is the Ridge 45 in stock in green?")
    agent, place = api(demo, "amara"), f"/api/conversations/{shopper.conversation_id}"
    agent.post(f"{place}/take").raise_for_status()
    agent.post(f"{place}/messages", json={"id": new_id(), "text": "It is."}).raise_for_status()
    return shopper


@pytest.mark.parametrize("look", LOOKS)
def test_conversations_that_are_over_or_put_aside(demo: Running, person: NewPerson, look: str) -> None:
    agent = api(demo, "amara")
    snoozed, ended, completed = (_served(demo).conversation_id for _ in range(3))
    agent.post(f"/api/conversations/{snoozed}/snooze", json={}).raise_for_status()
    for id in (ended, completed):
        agent.post(f"/api/conversations/{id}/close").raise_for_status()
    record = agent.get(f"/api/conversations/{completed}").json()["service_record_id"]
    filled = {
        "result_id": agent.get("/api/results").json()[0]["id"],
        "reason_ids": [next(one["id"] for one in agent.get("/api/reasons").json() if one["label"] == "Availability")],
    }
    agent.patch(f"/api/records/{record}", json=filled).raise_for_status()
    done = agent.post(f"/api/records/{record}/complete", json={})
    assert done.status_code == 200, done.text

    page = _desk(demo, person, look)
    findings = []
    for view, id in (("snoozed", snoozed), ("wrap-up", ended), ("mine", completed)):
        page.goto(f"{demo.url}/inbox/{view}")
        expect(page.locator(".pane-list .pane-title")).to_be_visible()
        findings += _findings(page, f"list, {view}")
        page.goto(f"{demo.url}/inbox/{view}/{id}")
        expect(page.get_by_role("log")).to_contain_text("Is the Ridge 45")
        findings += _findings(page, f"conversation, {view}")
    assert findings == []


def _emoji(page: Page) -> None:
    page.locator(".composer-bar [aria-expanded]").click()
    expect(page.locator("[role=option]").first).to_be_visible()


def _typed(text: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        page.keyboard.press("n" if text.startswith("@") else "r")
        page.keyboard.type(text)
        expect(page.locator("[role=option]").first).to_be_visible()

    return open_it


def _snooze(page: Page) -> None:
    page.keyboard.press("s")
    expect(page.get_by_role("menu")).to_be_visible()


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("[role=option]").first).to_be_visible()


OPENS = {
    "emoji": _emoji,
    "emoji, while typing": _typed(":thu"),
    "canned responses": _typed("/re"),
    "colleagues": _typed("@"),
    "snooze": _snooze,
    "palette": _palette,
}


@pytest.mark.parametrize("look", LOOKS)
def test_pickers(demo: Running, person: NewPerson, look: str) -> None:
    shopper = _served(demo)
    page = _desk(demo, person, look)
    findings = []
    page.goto(f"{demo.url}/inbox/mine/{shopper.conversation_id}")
    expect(page.get_by_role("log")).to_contain_text("Is the Ridge 45")
    for name, open_it in OPENS.items():
        open_it(page)
        findings += _findings(page, name)
        page.keyboard.press("Escape")
        expect(page.locator("[role=option], [role=menu]")).to_have_count(0)
        page.locator(".composer-text").fill("")
        page.locator(".composer-text").blur()
    assert findings == []


def _answer(demo: Running, text: str) -> str:
    """Serve whoever came last, in the chat that a browser shows."""
    agent = api(demo, "amara")
    waiting = agent.get("/api/conversations", params={"view": "queue"}).json()["items"]
    id = str(max(waiting, key=lambda one: str(one["created_at"]))["id"])
    agent.post(f"/api/conversations/{id}/take").raise_for_status()
    said = agent.post(f"/api/conversations/{id}/messages", json={"id": f"answer-{id}", "text": text})
    said.raise_for_status()
    return id


@pytest.mark.parametrize("look", LOOKS)
def test_the_chat_while_served_without_a_network_and_when_it_is_over(
    demo: Running, person: NewPerson, look: str
) -> None:
    context = person(**LOOKS[look])  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{demo.url}/demo")
    page.locator(".launch").click()
    field = page.get_by_role("textbox")
    field.fill("Do you repair zips?")
    page.keyboard.press("Enter")
    expect(page.locator(".place")).to_be_visible()
    id = _answer(demo, "We do. See https://kestrel.example/repairs")
    expect(page.get_by_role("log")).to_contain_text("We do.")
    findings = _findings(page, "served")
    page.locator(".menu-place button").first.click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    findings += _findings(page, "menu")
    page.keyboard.press("Escape")
    context.set_offline(True)
    field.fill("Thank you!")
    page.keyboard.press("Enter")
    expect(page.locator("[data-state='waiting']")).to_be_visible()
    findings += _findings(page, "offline")
    context.set_offline(False)
    expect(page.locator("[data-state='waiting']")).to_have_count(0)
    api(demo, "amara").post(f"/api/conversations/{id}/close").raise_for_status()
    expect(page.locator(".sys")).to_have_count(1)
    findings += _findings(page, "over")
    assert findings == []
