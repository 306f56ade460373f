"""What administrators do in the desk: roles that hold at once, the list of records, the order of choices, the audit log."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running

PAGES = ("/settings", "/settings/roles", "/settings/roles/new", "/settings/reasons", "/settings/audit", "/records")


def _sign_in(demo: Running, page: Page, who: str, path: str) -> None:
    page.goto(demo.url + path)
    page.locator("input[type=email]").fill(f"{who}@kestrel.example")
    page.locator("input[type=password]").fill("kestrel-demo")
    page.keyboard.press("Enter")
    expect(page.locator("#work")).to_be_visible()


def test_a_role_is_made_given_and_changed_and_an_open_desk_follows(demo: Running, person: NewPerson) -> None:
    boss, jonas = person().new_page(), person().new_page()
    _sign_in(demo, jonas, "jonas", "/settings/teams")
    expect(jonas.get_by_role("link", name=re.compile("Orders"))).to_be_visible()
    expect(jonas.get_by_role("link", name="New team")).to_have_count(0)

    _sign_in(demo, boss, "ingrid", "/settings/roles")
    boss.get_by_role("heading", name="Roles", exact=True).wait_for()
    boss.keyboard.press("c")
    boss.get_by_label("Name").fill("Team lead")
    for wanted in ("Read every conversation", "Add and change agents, teams and roles"):
        boss.get_by_label(wanted).check()
    expect(boss.get_by_label("See agents, teams and who is there")).to_be_checked()
    boss.get_by_label("See channels, channel categories").check()
    boss.keyboard.press("Control+s")
    expect(boss.get_by_role("heading", name="Team lead")).to_be_visible()

    boss.get_by_role("link", name="Agents", exact=True).click()
    boss.get_by_role("link", name="Jonas Lindqvist").click()
    boss.get_by_label("Role").select_option("Team lead")
    boss.keyboard.press("Control+s")
    expect(boss.get_by_text("Saved")).to_be_visible()
    expect(jonas.get_by_role("link", name="New team").first).to_be_visible()

    boss.get_by_role("link", name="Roles", exact=True).click()
    boss.get_by_role("link", name="Team lead").click()
    boss.get_by_role("button", name="Delete").click()
    boss.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(boss.get_by_role("dialog").get_by_text("Somebody has this role")).to_be_visible()
    boss.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    boss.get_by_label("Add and change agents, teams and roles").uncheck()
    boss.keyboard.press("Control+s")
    expect(jonas.get_by_role("link", name="New team")).to_have_count(0)

    boss.goto(f"{demo.url}/settings/audit?about=roles")
    expect(boss.get_by_text("made the role “Team lead”")).to_be_visible()
    expect(boss.get_by_text("changed the role “Team lead”")).to_be_visible()
    boss.screenshot(path=SHOTS / "audit.png")


def test_records_are_filtered_sorted_paged_and_read_by_keyboard(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    _sign_in(demo, page, "ingrid", "/records")
    expect(page.locator(".rec-table tbody tr")).to_have_count(50)
    everything = page.get_by_role("status").filter(has_text="records").inner_text()
    page.get_by_role("button", name="Older").click()
    expect(page.get_by_role("button", name="Newer")).to_be_enabled()
    second = page.locator(".rec-table .c-no").nth(1).inner_text()
    page.reload()
    expect(page.locator(".rec-table .c-no").nth(1)).to_have_text(second)
    page.get_by_role("button", name="Newer").click()
    expect(page.get_by_role("button", name="Newer")).to_be_disabled()

    page.get_by_role("button", name="Result", exact=True).click()
    page.get_by_label("Contact again").check()
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("result_id="))
    expect(page.locator(".rec-table .c-result").nth(1)).to_have_text("Contact again")
    assert page.get_by_role("status").filter(has_text="record").inner_text() != everything
    page.get_by_role("button", name="Ended").click()
    expect(page).to_have_url(re.compile("sort=-ended_at"))
    expect(page.get_by_role("columnheader", name="Ended")).to_have_attribute("aria-sort", "descending")

    first = page.locator(".rec-table tbody .c-no").first.inner_text()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=first, exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("completed it"))).to_be_visible()
    page.go_back()
    expect(page).to_have_url(re.compile("result_id=.*sort=-ended_at"))
    expect(page.locator(".rec-table .c-result").nth(1)).to_have_text("Contact again")


def test_nothing_of_it_stands_in_anybodys_way(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    _sign_in(demo, page, "ingrid", "/inbox")
    for path in PAGES:
        page.goto(demo.url + path)
        expect(page.locator("h1").first).to_be_visible()
        expect(page.locator(".skeleton")).to_have_count(0)
        found = Axe().run(page)
        assert found.violations_count == 0, (path, found.generate_report())


def test_reasons_are_put_in_order_by_keyboard_and_another_desk_sees_it(demo: Running, person: NewPerson) -> None:
    page, other = person().new_page(), person().new_page()
    _sign_in(demo, other, "tomas", "/settings/results")
    _sign_in(demo, page, "ingrid", "/settings/results")
    names = page.locator(".set-name a")
    expect(names.nth(1)).to_be_visible()
    first, second = names.nth(0).inner_text(), names.nth(1).inner_text()
    page.get_by_role("button", name=f"Move {first}", exact=True).press("ArrowDown")
    expect(names.nth(0)).to_have_text(second)
    expect(names.nth(1)).to_have_text(first)
    expect(page.get_by_role("button", name=f"Move {first}", exact=True)).to_be_focused()
    expect(other.locator(".set-name a").nth(0)).to_have_text(second)
    page.reload()
    expect(names.nth(0)).to_have_text(second)


def test_a_setting_is_found_by_a_word_of_what_it_is_for(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    _sign_in(demo, page, "ingrid", "/settings")
    page.get_by_role("heading", name="Settings").wait_for()
    page.keyboard.press("/")
    page.keyboard.type("on whose behalf")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/settings/(categories|owners)"))


def test_what_was_decided_about_sessions_is_read_in_the_log_as_one_says_it(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    _sign_in(demo, page, "ingrid", "/settings/audit")
    csrf = page.evaluate("fetch('/api/session').then((answer) => answer.json())")["csrf"]

    def decide(address: str, **wanted: object) -> None:
        version = page.request.get(f"{demo.url}/api/{address}").json()["version"]
        said = {"version": version, **wanted}
        answer = page.request.patch(f"{demo.url}/api/{address}", data=said, headers={"X-CSRF-Token": csrf})
        assert answer.ok, answer.text()

    welcome = {"on": True, "texts": {"en": "Hello there", "zh-TW": "歡迎來到 $OwnerName，請問需要什麼協助？"}}
    decide("session-settings", service_mode={"mode": "manual", "connect_within": 30}, prompts={"welcome": welcome})
    category = page.request.get(f"{demo.url}/api/channel-categories").json()[0]
    decide(f"channel-categories/{category['id']}/session-settings", satisfaction={"valid_for": 7200})
    page.reload()
    first, second = (page.locator(".audit-row").nth(at) for at in (0, 1))
    expect(first).to_contain_text(f"changed the session settings of “{category['name']}”")
    expect(first).to_contain_text("A rating is taken for1 day → 2 hr")
    for line in (
        "Service modeAutomatic → Manual",
        "Connect within20 sec → 30 sec",
        "Welcomeoff → on",
        "Welcome, EnglishWelcome to $OwnerName. How can we help? → Hello there",
    ):
        expect(second).to_contain_text(line)
    expect(second).not_to_contain_text("{")
