"""The automatic accessibility check finds nothing in what comes and goes: states of a conversation, pickers, the chat's."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from helpline.app.settings import Settings
from helpline.app.simulating_channels.whatsapp.templates import Template
from helpline.core import new_id
from tests.app.at_providers import At, at
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


@pytest.fixture
def whatsapp(settings: Settings) -> Iterator[At]:
    """A number that has a template."""
    with at("whatsapp", settings) as found:
        found.provider.templates = [Template("order", "es", "Hola {{1}}, pedido listo.")]
        yield found


def _begun_by_keys(page: Page, keys: str, shown: Locator) -> None:
    page.keyboard.press(keys)
    expect(shown).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_what_one_does_with_a_message_by_keys_and_where_escape_leads(
    whatsapp: At, person: NewPerson, look: str
) -> None:
    admin, ana = whatsapp.admin, whatsapp.provider.meets("Ana")
    admin.patch("/api/me", json={"locale": LOOKS[look].get("locale", "en")}).raise_for_status()
    admin.post(f"/api/channels/{whatsapp.channel['id']}/templates").raise_for_status()
    id = whatsapp.greeted(ana, "¿Hay en rojo?")
    context = person(**LOOKS[look])  # type: ignore[arg-type]
    jar, url = admin.cookies.jar, whatsapp.running.url
    context.add_cookies([{"name": one.name, "value": one.value or "", "url": url} for one in jar])
    page = context.new_page()
    page.goto(f"{url}/inbox/mine/{id}")
    log, field, findings = page.get_by_role("log"), page.locator(".composer-text"), []
    expect(log).to_contain_text("¿Hay en rojo?")

    menu = page.get_by_role("menu")
    log.focus()
    page.keyboard.press("m")
    ours = page.locator(":focus")
    _begun_by_keys(page, "Enter", menu)
    findings += _findings(page, "menu of a message")
    page.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(ours).to_have_class("say-menu")

    _begun_by_keys(page, "Enter", menu)
    for _ in range(20):
        if page.locator(":focus").get_attribute("role") == "menuitem":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    quote = page.locator(".composer-quote")
    expect(quote).to_be_visible()
    expect(field).to_be_focused()
    findings += _findings(page, "answer to a message")
    quote.get_by_role("button").last.focus()
    page.keyboard.press("Enter")
    expect(quote).to_have_count(0)
    expect(field).to_be_focused()

    page.keyboard.type("¿Qué talla?")
    page.keyboard.press("Escape")
    choices = page.locator(".composer-choices")
    _begun_by_keys(page, "Shift+C", choices)
    expect(choices.locator("input")).to_be_focused()
    page.keyboard.type("S")
    page.keyboard.press("Enter")
    findings += _findings(page, "answers to choose from")
    page.keyboard.press("Escape")
    expect(field).to_be_focused()
    expect(choices.locator("input")).to_have_count(1)

    later = page.locator(".send-with [aria-haspopup=menu]")
    later.focus()
    _begun_by_keys(page, "Enter", menu)
    findings += _findings(page, "send later")
    page.keyboard.press("End")
    dialog = page.get_by_role("dialog")
    _begun_by_keys(page, "Enter", dialog)
    expect(dialog.locator("input")).to_be_focused()
    findings += _findings(page, "a moment")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(later).to_be_focused()

    page.keyboard.press("Escape")
    template = page.locator(".composer-bar [aria-haspopup=dialog]")
    template.focus()
    _begun_by_keys(page, "Enter", dialog)
    expect(dialog.get_by_role("combobox")).to_be_focused()
    findings += _findings(page, "templates")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(template).to_be_focused()
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
