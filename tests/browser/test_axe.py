"""The automatic accessibility check finds nothing: on every page a link leads to, in what opens over them, and in the chat.

The pages are found by following links from the inbox, so a new one is checked without being entered here.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NewPerson, demo_in
from tests.browser.seeded import Seeded
from tests.running import Running

PASSWORD = "kestrel-demo"
MOST_PAGES = 60
LOOKS = {"desk, light": {}, "phone, dark, Chinese": {"width": 390, "height": 844, "dark": True, "locale": "zh-TW"}}
ROUTER = "document.querySelector('#app').__vue_app__.config.globalProperties.$router"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LINKS = (
    """() => [...document.querySelectorAll('a[href^="/"]')].map((one) => one.getAttribute('href').split(/[?#]/)[0])"""
)


@pytest.fixture(scope="module")
def demo(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One demo for all of them: looking changes nothing that another look minds."""
    with demo_in(tmp_path_factory.mktemp("axe") / "demo", seeded) as server:
        yield server


def _findings(page: Page, where: str) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    expect(page.locator(".skeleton")).to_have_count(0)
    found = Axe().run(page)
    return [
        f"{where}: {rule['id']} ({rule['help']}) at {node['target']}: {node['html'][:200]}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def _sign_in(context: BrowserContext, demo: Running, email: str, language: str) -> Page:
    page = context.new_page()
    page.goto(demo.url)
    page.locator("input[type=email]").fill(email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    _stand(page)
    changed = "me => fetch('/api/me', {method: 'PATCH', headers: me.headers, body: me.body})"
    csrf = page.evaluate("fetch('/api/session').then((answer) => answer.json())")["csrf"]
    headers = {"content-type": "application/json", "x-csrf-token": csrf}
    page.evaluate(changed, {"headers": headers, "body": f'{{"locale": "{language}"}}'})
    return page


def _stand(page: Page) -> None:
    expect(page.locator(".live").first).to_have_attribute("data-state", "live")
    expect(page.locator("main h1, main h2").first).to_be_attached()


@pytest.mark.parametrize("look", LOOKS)
def test_every_page(demo: Running, person: NewPerson, look: str) -> None:
    language = str(LOOKS[look].get("locale", "en"))
    page = _sign_in(person(**LOOKS[look]), demo, "ingrid@kestrel.example", language)  # type: ignore[arg-type]
    todo, known, findings = ["/inbox", "/nowhere"], {"/inbox", "/nowhere"}, []
    while todo:
        place = todo.pop(0)
        page.evaluate(f"async (place) => void await {ROUTER}.push(place)", place)
        _stand(page)
        findings += _findings(page, place)
        for link in page.evaluate(LINKS):
            kind = _ID.sub("ID", link)
            if kind not in known and not link.startswith(("/files/", "/schema", "/demo")):
                known.add(kind)
                todo.append(link)
    assert findings == []
    assert {"/inbox", "/records", "/records/ID", "/contacts", "/settings/profile", "/settings/channels/ID"} <= known
    assert len(known) < MOST_PAGES


@pytest.mark.parametrize("look", LOOKS)
def test_before_one_is_signed_in(demo: Running, person: NewPerson, look: str) -> None:
    page = person(**LOOKS[look]).new_page()  # type: ignore[arg-type]
    page.goto(demo.url)
    expect(page.locator("input[type=email]")).to_be_focused()
    findings = _findings(page, "sign in")
    page.locator("input[type=email]").fill("nobody@kestrel.example")
    page.locator("input[type=password]").fill("not the password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert findings + _findings(page, "sign in, refused") == []


def test_the_first_set_up(running: Running, person: NewPerson) -> None:
    page = person().new_page()
    page.goto(running.url)
    expect(page.locator("input[type=email]")).to_be_visible()
    assert _findings(page, "set-up") == []


def _palette(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("re")
    expect(page.get_by_role("option").first).to_be_visible()


def _sheet(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def _availability(page: Page) -> None:
    page.keyboard.press("v")
    expect(page.get_by_role("menu")).to_be_visible()


def _transfer(page: Page) -> None:
    page.keyboard.press("t")
    expect(page.get_by_role("dialog")).to_be_visible()


def _note(page: Page) -> None:
    page.keyboard.press("n")
    page.keyboard.type("A note")


@pytest.mark.parametrize("look", LOOKS)
def test_a_conversation_and_what_opens_over_it(demo: Running, person: NewPerson, look: str) -> None:
    shop = person().new_page()
    shop.goto(f"{demo.url}/demo")
    shop.get_by_role("button", name="chat").first.click()
    shop.get_by_role("textbox").last.fill("Is the Ridge 45 in stock in green?")
    shop.keyboard.press("Enter")
    language = str(LOOKS[look].get("locale", "en"))
    page = _sign_in(person(**LOOKS[look]), demo, "ingrid@kestrel.example", language)  # type: ignore[arg-type]
    with page.expect_response(re.compile("view=queue")):
        page.goto(demo.url)
    _stand(page)
    page.keyboard.press("g")
    page.keyboard.press("n")
    expect(page.get_by_role("log")).to_contain_text("Is the Ridge 45 in stock in green?")
    findings = _findings(page, "waiting")
    page.keyboard.press("a")
    expect(page.locator(".compose-state")).to_have_count(0)
    findings += _findings(page, "mine")
    opens: list[Callable[[Page], None]] = [_palette, _sheet, _availability, _transfer, _note]
    for open_it in opens:
        open_it(page)
        findings += _findings(page, open_it.__name__)
        page.keyboard.press("Escape")
        expect(page.locator("dialog, [role=menu]")).to_have_count(0)  # gone, not only closed
    assert findings == []


@pytest.mark.parametrize("look", LOOKS)
def test_the_chat_of_a_visitor(demo: Running, person: NewPerson, look: str) -> None:
    page = person(**LOOKS[look]).new_page()  # type: ignore[arg-type]
    page.goto(f"{demo.url}/demo")
    launcher = page.get_by_role("button", name=re.compile("chat|聊天|對話", re.IGNORECASE)).first
    expect(launcher).to_be_visible()
    findings = _findings(page, "closed")
    launcher.click()
    expect(page.get_by_role("textbox").last).to_be_visible()
    findings += _findings(page, "open")
    page.get_by_role("textbox").last.fill("Hello?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Hello?")
    findings += _findings(page, "waiting")
    assert findings == []
