"""The screen of working hours: the week is painted with the mouse and with the keys, days are special, emergencies switched."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPerson
from tests.browser.test_axe import _findings as axe_findings
from tests.running import Running

PASSWORD = "kestrel-demo"


@pytest.fixture
def page(demo: Running, person: NewPerson) -> Page:
    """The screen, as an administrator sees it."""
    page = person(width=1440, height=900).new_page()
    page.goto(f"{demo.url}/settings/hours")
    page.get_by_label("E-mail").fill("ingrid@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("group", name="Monday")).to_be_visible()
    return page


def _client(demo: Running) -> Any:
    client = demo.client()
    client.post("/api/session", json={"email": "ingrid@kestrel.example", "password": PASSWORD})
    return client


def _week(demo: Running) -> list[str]:
    week = _client(demo).get("/api/calendars").json()[0]["week"]
    return [
        " ".join(f"{'~' if one['kind'] == 'break' else ''}{one['start']}-{one['end']}" for one in day) for day in week
    ]


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()


def _drag(page: Page, lane: Locator, start: float, end: float, *, to: Locator | None = None) -> None:
    box, last = lane.bounding_box(), (to or lane).bounding_box()
    assert box
    assert last
    page.mouse.move(box["x"] + box["width"] * start / 24, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] * end / 24 - 2, last["y"] + last["height"] / 2, steps=6)
    page.mouse.up()


def test_the_week_is_painted_with_the_mouse(demo: Running, page: Page) -> None:
    saturday, sunday = page.get_by_role("group", name="Saturday"), page.get_by_role("group", name="Sunday")
    _drag(page, saturday, 10, 16, to=sunday)
    expect(sunday.get_by_role("button", name="Sunday, open 10:00 to 16:00")).to_be_visible()
    page.get_by_role("button", name="Break", exact=True).click()
    _drag(page, saturday, 12, 13)
    page.get_by_role("button", name="Erase").click()
    _drag(page, page.get_by_role("group", name="Monday"), 0, 24)
    expect(page.get_by_text("1 change")).to_be_visible()
    expect(page.get_by_text("new", exact=True).first).to_be_visible()
    _save(page)
    week = _week(demo)
    assert (week[0], week[6]) == ("", "10:00-16:00")
    assert week[5] == "10:00-12:00 ~12:00-13:00 13:00-16:00"
    assert week[4].endswith("20:00-02:00")


def test_what_is_painted_over_midnight_becomes_one_period(demo: Running, page: Page) -> None:
    _drag(page, page.get_by_role("group", name="Tuesday"), 22, 24.2)
    _drag(page, page.get_by_role("group", name="Wednesday"), 0, 3)
    _save(page)
    assert _week(demo)[1].endswith("22:00-03:00")


def test_the_week_is_painted_with_the_keys(demo: Running, page: Page) -> None:
    monday = page.get_by_role("group", name="Monday")
    monday.get_by_role("button", name="Monday, open 13:30 to 18:00").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(monday.get_by_role("button", name="Monday, open 13:30 to 18:30")).to_be_visible()
    page.get_by_role("button", name="Sunday").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Sunday")
    dialog.get_by_role("button", name="Add times").click()
    dialog.get_by_label("From", exact=True).fill("22:00")
    dialog.get_by_label("Until", exact=True).fill("06:00")
    dialog.get_by_label("Saturday").check()
    assert axe_findings(page, "a day's times") == []
    dialog.get_by_role("button", name="Done").click()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved", exact=True)).to_be_visible()
    week = _week(demo)
    assert week[0].endswith("13:30-18:30")
    assert week[5:] == ["22:00-06:00", "22:00-06:00"]


def test_what_is_not_saved_can_be_discarded_and_options_are_kept(demo: Running, page: Page) -> None:
    _drag(page, page.get_by_role("group", name="Sunday"), 9, 12)
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("group", name="Sunday").get_by_role("button")).to_have_count(0)
    page.get_by_label("Last intake").fill("35")
    page.get_by_role("switch", name="Queueing allowed").uncheck()
    _save(page)
    [calendar] = _client(demo).get("/api/calendars").json()
    assert (calendar["last_intake"], calendar["queue_while_closed"]) == (35, False)


def test_special_days_are_entered_and_holidays_loaded(demo: Running, page: Page) -> None:
    year = datetime.now(UTC).year + 1
    page.get_by_role("button", name="Add a special day").click()
    dialog = page.get_by_role("dialog", name="Add a special day")
    dialog.get_by_label("Date").fill(f"{year}-12-27")
    dialog.get_by_label("Name").fill("Stocktaking")
    dialog.get_by_label("What it is").select_option("Working day")
    dialog.get_by_label("Times").select_option("open as on Monday")
    assert axe_findings(page, "a special day") == []
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Stocktaking")).to_contain_text("open as on Monday")

    page.get_by_role("button", name="Load holidays").click()
    dialog = page.get_by_role("dialog", name="Load holidays")
    dialog.get_by_label("Country").select_option("Germany")
    dialog.get_by_label("Region").select_option("BY")
    dialog.get_by_label("Year").select_option(str(year))
    assert axe_findings(page, "loading holidays") == []
    dialog.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_text("special days loaded")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("button", name="New Year's Day")).to_contain_text("Holiday")

    page.get_by_role("button", name="Stocktaking").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Stocktaking")).to_have_count(0)


def test_an_office_calendar_is_loaded_from_a_file(page: Page) -> None:
    year = datetime.now(UTC).year + 1
    page.get_by_role("button", name="Load holidays").click()
    rows = f"西元日期,星期,是否放假,備註\n{year}0101,,2,開國紀念日\n"
    file = {"name": "office.csv", "mimeType": "text/csv", "buffer": rows.encode("big5")}
    page.get_by_label("Or an office calendar").set_input_files([file])  # type: ignore[list-item]
    page.get_by_role("dialog").get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_role("button", name="開國紀念日")).to_be_visible()


def test_categories_are_closed_in_an_emergency_and_opened_again(demo: Running, page: Page) -> None:
    tester = page.get_by_role("region", name="What would happen at")
    tester.get_by_label("Channel category").select_option("Kestrel shop")
    expect(tester.get_by_role("status")).to_contain_text("A free agent gets the conversation")
    page.get_by_role("button", name="Close now").click()
    dialog = page.get_by_role("dialog", name="Close now")
    dialog.get_by_label("Kestrel shop").check()
    dialog.get_by_label("Reason").fill("Carrier fault")
    assert axe_findings(page, "an emergency") == []
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.get_by_text("Kestrel shop: closed since")).to_contain_text("Carrier fault")
    tester.get_by_label("Somebody writes at").fill(f"{datetime.now(UTC).year + 1}-06-01T10:00")
    expect(tester.get_by_role("status")).to_contain_text("Closed in an emergency (Carrier fault)")
    expect(tester.get_by_role("status")).to_contain_text("We are closed right now")
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_text("Kestrel shop: closed since")).to_have_count(0)
    expect(page.get_by_text("closed Kestrel shop")).to_be_visible()
    expect(tester.get_by_role("status")).to_contain_text("A free agent gets the conversation")


def test_who_opens_the_chat_while_it_is_closed_reads_until_when(demo: Running, page: Page, person: NewPerson) -> None:
    page.get_by_role("button", name="Close now").click()
    dialog = page.get_by_role("dialog", name="Close now")
    dialog.get_by_label("Kestrel shop").check()
    dialog.get_by_label("Until").fill(f"{datetime.now(UTC).date() + timedelta(days=2)}T09:00")
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.get_by_text("Kestrel shop: closed")).to_be_visible()
    chat = person(width=1280, height=800).new_page()
    chat.goto(f"{demo.url}/demo")
    chat.get_by_role("button", name="chat").first.click()
    expect(chat.get_by_text("Closed until")).to_be_visible()
    chat.get_by_role("textbox").last.fill("Do you repair jackets?")
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("log")).to_contain_text("We are closed right now")
    expect(chat.get_by_text("Keep writing")).to_be_visible()
    expect(chat.get_by_text("You are next")).to_have_count(0)


def test_a_chat_that_is_open_already_hears_of_a_closure_and_of_its_end(
    demo: Running, page: Page, person: NewPerson
) -> None:
    known, stranger = person(width=1280, height=800).new_page(), person(width=1280, height=800).new_page()
    for chat in (known, stranger):
        chat.goto(f"{demo.url}/demo")
        chat.get_by_role("button", name="chat").first.click()
        expect(chat.get_by_role("textbox").last).to_be_visible()
    known.get_by_role("textbox").last.fill("Do you repair jackets?")
    known.keyboard.press("Enter")
    expect(known.get_by_text("You are next")).to_be_visible()
    page.get_by_role("button", name="Close now").click()
    dialog = page.get_by_role("dialog", name="Close now")
    dialog.get_by_label("Kestrel shop").check()
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(known.get_by_text("Closed at the moment")).to_be_visible()
    expect(known.get_by_text("You are next")).to_have_count(0)
    stranger.keyboard.press("Escape")
    stranger.get_by_role("button", name="chat").first.click()
    expect(stranger.get_by_text("Closed at the moment")).to_be_visible()
    page.get_by_role("button", name="Reopen").click()
    expect(known.get_by_text("Closed at the moment")).to_have_count(0)
    expect(known.get_by_text("You are next")).to_be_visible()


def test_a_category_is_given_a_calendar_and_the_tester_goes_by_it(page: Page) -> None:
    page.get_by_role("region", name="Chosen by").get_by_label("Kestrel shop").select_option("Europe, weekdays")
    tester = page.get_by_role("region", name="What would happen at")
    tester.get_by_label("Channel category").select_option("Kestrel shop")
    for moment, said in {
        "2027-06-01T12:45": "We are on a short break",
        "2027-06-01T17:45": "After the last intake",
        "2027-06-06T10:00": "Opens",
    }.items():
        tester.get_by_label("Somebody writes at").fill(moment)
        expect(tester.get_by_role("status")).to_contain_text(said)


def test_a_new_calendar_begins_with_the_usual_week(page: Page) -> None:
    page.get_by_role("button", name="New calendar").click()
    dialog = page.get_by_role("dialog", name="New calendar")
    dialog.get_by_label("Name").fill("Taipei")
    dialog.get_by_label("Time zone").select_option("Asia/Taipei")
    dialog.get_by_role("button", name="Create").click()
    monday = page.get_by_role("group", name="Monday").get_by_role("button", name="Monday, open 09:00 to 18:00")
    expect(monday).to_be_visible()
    expect(page.get_by_text("None in this zone")).to_be_visible()


def test_a_supervisor_switches_and_changes_no_calendar(demo: Running, person: NewPerson) -> None:
    page = person().new_page()
    page.goto(f"{demo.url}/settings/hours")
    page.get_by_label("E-mail").fill("tomas@kestrel.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Close now")).to_be_visible()
    expect(page.get_by_text("Only an administrator can change this.")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    assert axe_findings(page, "working hours of a supervisor") == []
