"""What contacts thought, on the screens: the report with its filters in the address, the comments, and the agent's page."""

import re
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.composing import api, sign_in, visitor
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running


def _rated(demo: Running, stars: int, comment: str) -> None:
    """Jonas serves somebody, who rates it."""
    jonas = api(demo, "jonas")
    shopper = visitor(demo, f"Gave {stars}")
    shopper.write("Is it in stock?")
    at = f"/api/conversations/{shopper.conversation_id}"
    for what, said in (("take", {}), ("messages", {"id": shopper.conversation_id, "text": "Yes"}), ("rating", {})):
        jonas.post(f"{at}/{what}", json=said).raise_for_status()
    rating = {"conversation_id": shopper.conversation_id, "stars": stars, "comment": comment}
    shopper.client.post("/api/webchat/rating", json=rating).raise_for_status()


@pytest.fixture
def report(demo: Running, person: NewPerson) -> Page:
    """Two ratings, and somebody who looks at the report."""
    _rated(demo, 5, "Quick and kind")
    _rated(demo, 2, "Had to ask twice")
    page = person().new_page()
    sign_in(page, demo, "ingrid")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", name="Ratings")).to_be_visible()
    return page


def test_the_report_is_narrowed_in_the_address_and_leads_to_the_record(demo: Running, report: Page) -> None:
    expect(report.get_by_text("Quick and kind")).to_be_visible()
    report.get_by_label("Asked", exact=True).select_option(label="Today")
    report.get_by_role("button", name="Jonas Lindqvist").click()
    expect(report).to_have_url(re.compile(r"/reports/ratings\?period=today&agent="))
    ago = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    asked = {"agent_id": report.url.partition("agent=")[2], "since": ago.isoformat()}
    total = api(demo, "ingrid").get("/api/reports/satisfaction", params=asked).json()["total"]
    expect(report.locator(".rep-figures")).to_contain_text(f"{total['average']:.2f}")
    expect(report.locator(".rep-figures")).to_contain_text(f"{total['count']} of {total['asked']}")
    report.reload()
    expect(report.locator(".rep-figures")).to_contain_text(f"{total['count']} of {total['asked']}")
    expect(report.get_by_label("Agent", exact=True).locator("option:checked")).to_have_text("Jonas Lindqvist")
    with report.expect_download() as download:
        report.get_by_role("button", name="Download").click()
        report.get_by_role("menuitem", name="CSV").click()
    assert "Had to ask twice" in download.value.path().read_text("utf-8-sig")
    report.get_by_role("link", name="Gave 5").click()
    expect(report).to_have_url(re.compile("/records/"))


def test_an_agent_is_seen_with_their_ratings(demo: Running, report: Page) -> None:
    jonas = next(one for one in api(demo, "ingrid").get("/api/agents").json() if one["name"] == "Jonas Lindqvist")
    report.goto(f"{demo.url}/settings/agents/{jonas['id']}")
    mine = report.get_by_role("region", name="Ratings")
    expect(mine).to_contain_text(re.compile(r"\d\.\d\d"))
    mine.get_by_role("link").click()
    expect(report).to_have_url(f"{demo.url}/reports/ratings?agent={jonas['id']}")
    expect(report.get_by_text("Quick and kind")).to_be_visible()


def test_an_agent_has_no_reports(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    sign_in(page, demo, "jonas")
    expect(page.get_by_role("navigation", name="Main").first.get_by_role("link", name="Reports")).to_have_count(0)


def test_the_report_is_free_of_findings(report: Page) -> None:
    expect(report.get_by_text("Quick and kind")).to_be_visible()
    report.screenshot(path=SHOTS / "ratings.png")
    found = Axe().run(report).response["violations"]
    assert [(rule["id"], node["html"][:150]) for rule in found for node in rule["nodes"]] == []
