"""Templates at the desk: fetched in the settings, then chosen, filled, looked at and sent when nothing else may be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from helpline.app.settings import Settings
from helpline.app.simulating_channels.customers import Customer
from helpline.app.simulating_channels.whatsapp.templates import Template
from tests.app.at_providers import At, at
from tests.browser.conftest import SHOTS, NewPerson
from tests.listening import eventually

TAGS = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}

NO_DATE = """
  const get = Headers.prototype.get;
  Headers.prototype.get = function (name) { return name.toLowerCase() === 'date' ? null : get.call(this, name); };
"""
"""The clock of the test is not in the headers of the server, by which the desk would go."""


def shot(page: Page, name: str) -> None:
    """What it looks like, for people; and what the checker says."""
    if SHOTS.is_dir():
        page.screenshot(path=SHOTS / f"{name}.png")
    found = Axe().run(page, options=TAGS).response["violations"]
    assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


@contextmanager
def closed(settings: Settings, templates: list[Template]) -> Iterator[tuple[At, Customer, str, timedelta]]:
    """Somebody who wrote more than a day ago, and the conversation with them."""
    with at("whatsapp", settings, test_mode=True) as line:
        line.provider.templates = templates
        ana = line.provider.meets("Ana")
        line.writes(ana, "hola")
        id = line.take()
        ahead = timedelta(hours=24, minutes=1)
        line.provider.now = lambda: datetime.now(UTC) + ahead
        line.admin.put("/api/test/clock", json={"advance_seconds": ahead.total_seconds()})
        yield line, ana, id, ahead


def desk_of(line: At, desk: BrowserContext, ahead: timedelta) -> Page:
    """The administrator's desk, whose clock goes with the server's."""
    cookies = line.admin.cookies.jar
    desk.add_cookies([{"name": one.name, "value": one.value or "", "url": line.running.url} for one in cookies])
    page = desk.new_page()
    page.clock.set_system_time(datetime.now(UTC) + ahead)
    page.add_init_script(NO_DATE)
    return page


def test_a_template_is_fetched_chosen_filled_and_sent_by_keyboard(settings: Settings, person: NewPerson) -> None:
    known = [
        Template("order", "es", "Hola {{1}}, pedido {{2}} listo."),
        Template("ask", "es_MX", "¿Sigues ahí?"),
        Template("new", "es", "Hola", state="PENDING"),
    ]
    with closed(settings, known) as (line, ana, id, ahead):
        page = desk_of(line, person(), ahead)
        page.goto(f"{line.running.url}/settings/channels/{line.channel['id']}")
        page.get_by_role("button", name="Fetch templates").click()
        listed = page.get_by_role("region", name="Templates")
        expect(listed.get_by_role("listitem")).to_have_count(3)
        expect(listed).to_contain_text("Pending")
        shot(page, "templates-settings")

        page.goto(f"{line.running.url}/inbox/mine/{id}")
        expect(page.get_by_text("Only templates until they write again.")).to_be_visible()
        shot(page, "templates-only")
        page.keyboard.press("Shift+T")
        find = page.get_by_role("combobox", name="Approved templates")
        expect(find).to_be_focused()
        expect(page.get_by_role("option")).to_have_count(2)
        shot(page, "templates-choose")
        page.keyboard.type("ord")
        page.keyboard.press("Enter")
        expect(page.get_by_label("Place 1")).to_be_focused()
        page.keyboard.type("Ana")
        page.keyboard.press("Tab")
        send = page.get_by_role("dialog").get_by_role("button", name="Send")
        expect(send).to_be_disabled()
        page.keyboard.type("7")
        expect(page.get_by_label("What the contact reads")).to_have_text("Hola Ana, pedido 7 listo.")
        shot(page, "templates-fill")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("dialog")).to_be_hidden()
        expect(page.get_by_role("log")).to_contain_text("Hola Ana, pedido 7 listo.")
        eventually(lambda: "Hola Ana, pedido 7 listo." in ana.texts)


RICH = Template(
    "parcel",
    "en",
    "Hello {{1}}, your parcel leaves today.",
    header="IMAGE",
    buttons=[
        {"type": "URL", "text": "Track it", "url": "https://shop.example/track/{{1}}"},
        {"type": "COPY_CODE", "example": "10OFF"},
        {"type": "QUICK_REPLY", "text": "Leave it at the door"},
    ],
)


@pytest.mark.parametrize("look", [{}, {"width": 390, "height": 844, "dark": True}], ids=["desk", "phone"])
def test_a_picture_links_and_codes_are_filled_and_seen_and_what_is_tapped_comes_back(
    settings: Settings, person: NewPerson, look: dict[str, int]
) -> None:
    with closed(settings, [RICH]) as (line, ana, id, ahead):
        line.admin.post(f"/api/channels/{line.channel['id']}/templates").raise_for_status()
        page = desk_of(line, person(**look), ahead)
        page.goto(f"{line.running.url}/inbox/mine/{id}")
        page.get_by_role("button", name="Template").first.click()
        page.get_by_role("option", name="parcel").click()
        dialog = page.get_by_role("dialog")
        send = dialog.get_by_role("button", name="Send")
        dialog.get_by_label("Place 1", exact=True).fill("Ana")
        dialog.get_by_label("End of the link “Track it”").fill("A 7")
        dialog.get_by_label("Code for “Copy offer code”").fill("10OFF")
        expect(dialog.get_by_text("https://shop.example/track/A7")).to_be_visible()
        expect(send).to_be_disabled()
        with page.expect_file_chooser() as chooser:
            dialog.get_by_role("button", name="Picture at the head").click()
        chooser.value.set_files(Path("docs/images/inbox.png"))
        expect(dialog.get_by_role("img", name="inbox.png")).to_be_visible()
        shot(page, f"templates-rich-{'phone' if look else 'desk'}")
        expect(send).to_be_enabled()
        send.click()
        expect(dialog).to_be_hidden()
        log = page.get_by_role("log")
        expect(log.get_by_role("list", name="Answers to choose from").get_by_role("listitem")).to_have_count(3)
        eventually(lambda: "Hello Ana, your parcel leaves today." in ana.texts)
        (seen,) = [one for one in ana.received if one.kind == "template"]
        buttons = [one for one in seen.details["template"]["components"] if one["type"] == "button"]
        assert [one["parameters"][0] for one in buttons] == [
            {"type": "text", "text": "A7"},
            {"type": "coupon_code", "coupon_code": "10OFF"},
        ]
        line.provider.presses(ana, seen.id, "Leave it at the door")
        line.deliver()
        expect(log).to_contain_text("Chose “Leave it at the door”")
        shot(page, f"templates-rich-log-{'phone' if look else 'desk'}")


def test_the_first_message_by_whatsapp_is_a_template_from_the_profile(settings: Settings, person: NewPerson) -> None:
    with at("whatsapp", settings) as line:
        line.provider.templates = [Template("parcel", "en", "Hello {{1}}, your parcel is here.")]
        line.admin.post(f"/api/channels/{line.channel['id']}/templates").raise_for_status()
        ana = line.provider.meets("Ana")
        contact = line.admin.post("/api/contacts", json={"name": "Ana", "phone": f"+{ana.id}"}).json()["id"]
        desk = person()
        cookies = line.admin.cookies.jar
        desk.add_cookies([{"name": one.name, "value": one.value or "", "url": line.running.url} for one in cookies])
        page = desk.new_page()
        page.goto(f"{line.running.url}/contacts/{contact}")
        expect(page.get_by_role("heading", name="Ana", level=1)).to_be_visible()
        page.keyboard.press("w")
        dialog = page.get_by_role("dialog", name="Write to Ana")
        expect(dialog.get_by_role("radio")).to_be_checked()
        expect(dialog).to_contain_text("not written to yet")
        shot(page, "start-by-template")
        dialog.get_by_role("option", name="parcel").click()
        dialog.get_by_label("Place 1").fill("Ana")
        shot(page, "start-by-template-filled")
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("log")).to_contain_text("Hello Ana, your parcel is here.")
        eventually(lambda: ana.texts == ["Hello Ana, your parcel is here."])
