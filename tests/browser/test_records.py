"""Finding service records: words in any language, views that are saved and shared, and a workbook of what is filtered."""

import re
import zipfile

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from helpline.core import new_id
from tests.browser.composing import api, visitor
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running


def _sign_in(demo: Running, page: Page, who: str) -> None:
    page.goto(f"{demo.url}/records")
    page.locator("input[type=email]").fill(f"{who}@kestrel.example")
    page.locator("input[type=password]").fill("kestrel-demo")
    page.keyboard.press("Enter")
    expect(page.locator(".rec-table tbody tr").first).to_be_visible(timeout=30_000)


def _search(page: Page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    expect(page).to_have_url(re.compile("q="))


def _found_until_indexed(page: Page, text: str) -> None:
    """The demo's past is indexed while it runs; until then less is found."""
    _search(page, text)
    rows = page.locator(".rec-table tbody tr")
    for _ in range(60):
        page.reload()
        page.locator(".rec-table tbody tr, .empty").first.wait_for()
        if rows.count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"nothing is found by {text}")


def test_two_characters_are_found_and_a_view_of_it_is_saved_and_shared(demo: Running, person: NewPerson) -> None:
    boss, jonas = person().new_page(), person(locale="zh-TW", dark=True).new_page()
    _sign_in(demo, boss, "ingrid")
    _found_until_indexed(boss, "退貨")
    boss.get_by_role("button", name="Views").click()
    boss.get_by_role("menuitem", name="Save this view").click()
    boss.get_by_role("textbox", name="Name", exact=True).fill("退貨 in Taiwan")
    boss.get_by_label("For everybody").check()
    boss.screenshot(path=SHOTS / "save-view.png")
    assert Axe().run(boss).violations_count == 0
    boss.get_by_role("button", name="Save", exact=True).click()
    expect(boss.get_by_role("button", name="退貨 in Taiwan")).to_be_visible()
    boss.screenshot(path=SHOTS / "records-found.png")

    _sign_in(demo, jonas, "jonas")
    jonas.get_by_role("button", name=re.compile("Views|檢視")).first.click()
    jonas.screenshot(path=SHOTS / "views-menu-dark.png")
    jonas.get_by_role("menu").get_by_text("退貨 in Taiwan").click()
    expect(jonas).to_have_url(re.compile("q="))
    expect(jonas.get_by_role("button", name="退貨 in Taiwan")).to_be_visible()

    with boss.expect_download() as saved:
        boss.get_by_role("button", name="Export").click()
        boss.get_by_role("menuitem", name="Excel").click()
    assert saved.value.suggested_filename == "service-records.xlsx"
    with zipfile.ZipFile(saved.value.path()) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row>") > 1

    boss.get_by_role("button", name="退貨 in Taiwan").click()
    boss.get_by_role("menuitem", name="Remove").click()
    expect(boss.get_by_role("button", name="Views")).to_be_visible()


def test_a_service_is_not_completed_before_what_is_asked_for_is_filled_in(demo: Running, person: NewPerson) -> None:
    boss, amara = api(demo, "ingrid"), api(demo, "amara")
    category = next(row for row in boss.get("/api/channel-categories").json() if row["name"] == "Kestrel shop")
    asked = {"requires": ["result", "reasons", "notes", "contact"]}
    boss.patch(f"/api/channel-categories/{category['id']}", json=asked).raise_for_status()
    shopper = visitor(demo)
    shopper.write("Do you repair jackets?")
    amara.post(f"/api/conversations/{shopper.conversation_id}/take").raise_for_status()
    said = {"id": new_id(), "text": "We do.", "anyway": True}
    amara.post(f"/api/conversations/{shopper.conversation_id}/messages", json=said).raise_for_status()
    record = amara.get(f"/api/conversations/{shopper.conversation_id}").json()["service_record_id"]
    page = person().new_page()
    _sign_in(demo, page, "amara")
    page.goto(f"{demo.url}/records/{record}")
    end = page.get_by_role("button", name="End this service").first
    end.click()
    missing = ["Choose one result", "Choose at least one reason", "Write a note", "Pick or create the contact"]
    for sentence in missing:
        expect(page.get_by_text(sentence)).to_be_visible()
    expect(page.get_by_label("Result", exact=True)).to_be_focused()
    assert Axe().run(page).violations_count == 0
    page.screenshot(path=SHOTS / "record-missing.png")
    page.get_by_label("Result", exact=True).select_option(index=1)
    page.get_by_label("Notes").fill("Asked for a repair.")
    end.click()
    expect(page.get_by_text(missing[0])).to_have_count(0)
    expect(page.get_by_text(missing[2])).to_have_count(0)
    expect(page.get_by_text(missing[1])).to_be_visible()
    expect(page.get_by_text(missing[3])).to_be_visible()
    assert amara.get(f"/api/records/{record}").json()["state"] == "open"


def test_records_are_narrowed_to_the_stars_they_got(demo: Running, person: NewPerson) -> None:
    boss = person().new_page()
    _sign_in(demo, boss, "ingrid")
    boss.get_by_role("button", name="More").click()
    boss.get_by_role("button", name="Rating").click()
    boss.screenshot(path=SHOTS / "filter-rating.png")
    boss.get_by_label("5 stars").check()
    expect(boss).to_have_url(re.compile("rating=5"))
    boss.keyboard.press("Escape")
    rows = boss.locator(".rec-table tbody tr")
    expect(rows.first.locator(".c-rating")).to_contain_text("5 ★")
    assert {cell.strip()[:3] for cell in rows.locator(".c-rating").all_inner_texts()} == {"5 ★"}
    boss.reload()
    expect(rows.first.locator(".c-rating")).to_contain_text("5 ★")
    boss.screenshot(path=SHOTS / "records-rated.png")


def test_an_administrator_says_what_is_offered_where_and_what_is_given_by_itself(
    demo: Running, person: NewPerson
) -> None:
    boss = person().new_page()
    _sign_in(demo, boss, "ingrid")
    boss.goto(f"{demo.url}/settings/results/new")
    boss.get_by_role("textbox", name="Result").fill("Fell silent")
    boss.get_by_label("inbound services").check()
    boss.get_by_label("Given by itself").check()
    boss.get_by_role("button", name="Create").click()
    expect(boss.get_by_role("heading", name="Fell silent")).to_be_visible()
    boss.screenshot(path=SHOTS / "result.png")
    boss.goto(f"{demo.url}/settings/reasons")
    preview = boss.get_by_role("region", name="What an agent is offered")
    boss.get_by_label("As an agent sees it in").select_option(index=1)
    expect(preview.get_by_text("Fell silent")).to_be_visible()
    boss.screenshot(path=SHOTS / "reasons-preview.png")
