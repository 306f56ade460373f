"""Mails at the desk: folded and unfolded, joined by who wrote them, and earlier ones taken in; usable by everybody."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from helpline.app.demo.mails import mails
from helpline.core import Actor
from helpline.mails import folders
from tests.browser.composing import api, sign_in
from tests.browser.conftest import NewPerson, demo_in
from tests.browser.seeded import Seeded
from tests.listening import eventually
from tests.running import Running

SECRET, ADDRESS = "a secret of the forwarder", "hello@kestrel.example"
LOOKS = {"desk, light": {}, "phone, dark, Chinese": {"width": 390, "height": 844, "dark": True, "locale": "zh-TW"}}


@pytest.fixture(scope="module")
def demo(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The demo, with the mails that its shop has."""
    with demo_in(tmp_path_factory.mktemp("mails") / "demo", seeded) as server:
        desk = api(server, "ingrid")
        category = desk.get("/api/channel-categories").json()[0]["id"]
        given = {"name": ADDRESS, "kind": "email", "category_id": category, "settings": {"address": ADDRESS}}
        made = desk.post("/api/channels", json=given | {"secrets": {"http_secret": SECRET}}).json()
        for count, mail in enumerate(mails(), 1):
            hook = made["hook"].removeprefix(server.url)
            server.client().post(hook, content=mail, headers={"x-helpline-secret": SECRET}).raise_for_status()
            eventually(lambda count=count: len(_by_mail(server)) == count)
        yield server


def _by_mail(demo: Running) -> dict[str, dict[str, str]]:
    found = api(demo, "ingrid").get("/api/conversations?view=all&limit=100").json()["items"]
    return {one["contact_name"]: one for one in found if one["channel_kind"] == "email"}


def _at(page: Page, demo: Running, name: str) -> Page:
    one = _by_mail(demo)[name]
    page.goto(f"{demo.url}/inbox/team-{one['team_id']}/{one['id']}")
    expect(page.locator(".mail-quiet").first).to_be_visible()
    return page


def _findings(page: Page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    expect(page.locator(".skeleton")).to_have_count(0)
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']} at {node['target']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("look", LOOKS)
def test_a_mail_unfolds_by_keyboard_and_is_accessible(demo: Running, person: NewPerson, look: str) -> None:
    language = str(LOOKS[look].get("locale", "en"))
    api(demo, "ingrid").patch("/api/me", json={"locale": language}).raise_for_status()
    page = _at(sign_in(person(**LOOKS[look]).new_page(), demo, "ingrid"), demo, "Hiroshi Sato")  # type: ignore[arg-type]
    expect(page.locator(".conv-subject")).to_have_text("Oak table, one leg is 4 mm short")
    expect(page.get_by_text("Track it any time.")).to_be_hidden()
    page.locator(".mail-more").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Track it any time.")).to_be_visible()
    expect(page.locator(".mail-more")).to_have_attribute("aria-expanded", "true")
    for button in (0, 1):
        page.locator(".mail-quiet").nth(button).focus()
        page.keyboard.press("Space")
    expect(page.locator(".mail-facts")).to_contain_text("aiko@sato-studio.example")
    expect(page.frame_locator(".mail-frame iframe").get_by_role("heading")).to_have_text("Oak camp table, order 48213")
    expect(page.locator(".file").get_by_text("Invoice-48213.pdf")).to_be_visible()
    assert _findings(page) == []
    for name in ("Nadia Haddad", ADDRESS, "Hiroshi"):
        assert _findings(_at(page, demo, name)) == []
    api(demo, "ingrid").patch("/api/me", json={"locale": "en"}).raise_for_status()


def test_a_reply_from_another_address_is_joined_taken_back_and_left_apart(demo: Running, person: NewPerson) -> None:
    page = _at(sign_in(person().new_page(), demo, "ingrid"), demo, "Hiroshi")
    question = page.get_by_role("group", name="Is it the same person?")
    question.get_by_role("button", name="Same person").click()
    expect(question).to_contain_text("Same person, said you")
    names = {one["contact_id"] for name, one in _by_mail(demo).items() if name.startswith("Hiroshi")}
    assert len(names) == 1
    question.get_by_role("button", name="Undo").click()
    question.get_by_role("button", name="Somebody else").click()
    expect(question).to_contain_text("Somebody else, said you")
    page.reload()
    expect(question).to_contain_text("Somebody else, said you")
    assert {one["contact_id"] for one in _by_mail(demo).values()} == {None}


def test_earlier_mails_are_taken_in_from_a_day_on(demo: Running, person: NewPerson) -> None:
    desk = api(demo, "ingrid")
    id = next(one["id"] for one in desk.get("/api/channels").json() if one["name"] == ADDRESS)
    page = sign_in(person().new_page(), demo, "ingrid")
    page.goto(f"{demo.url}/settings/channels/{id}")
    expect(page.get_by_text("No folder has been read yet.")).to_be_visible()
    home = Actor.system(desk.get("/api/session").json()["workspace"]["id"])
    demo.app.state.units.run_now(home, folders.open_folder, id, "INBOX", 7, 41)
    page.reload()
    expect(page.get_by_text(re.compile("^Read at"))).to_be_visible()
    page.get_by_label("Take in mails from").fill("2026-01-02")
    page.get_by_role("button", name="Take them in").click()
    expect(page.get_by_text(re.compile("^Taking in mails from"))).to_be_visible()
    assert desk.get(f"/api/channels/{id}/mail-folders").json()[0]["backfill_from"] == "2026-01-02"
    assert _findings(page) == []
