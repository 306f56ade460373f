"""Canned responses by the slash: found while typing, filled in, inserted by keyboard; written in the settings."""

from playwright.sync_api import expect

from tests.browser.composing import api, served, sign_in
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running


def test_a_canned_response_is_found_previewed_and_inserted_by_keyboard(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    desk.keyboard.press("r")
    desk.keyboard.type("Hi, /re")
    choices = desk.get_by_role("listbox", name="Canned responses")
    expect(choices.get_by_role("option")).to_have_count(6)
    field = desk.get_by_label("Reply to Leila Haddad")
    expect(choices.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowUp")
    desk.screenshot(path=SHOTS / "canned.png")
    desk.keyboard.type("p")
    expect(choices.get_by_role("option")).to_have_count(1)
    expect(desk.locator(".canned-view")).to_contain_text("Good news, Leila Haddad: your new one leaves today.")
    desk.keyboard.press("Enter")
    expect(choices).to_have_count(0)
    expect(field).to_have_value(
        "Hi, Good news, Leila Haddad: your new one leaves today. Please hand the damaged one to the driver, or use the"
        " label within 30 days."
    )
    desk.keyboard.press("Control+z")
    expect(field).to_have_value("Hi, /rep")
    desk.keyboard.press("Escape")
    expect(choices).to_have_count(0)
    expect(field).to_be_focused()
    used = {row["shortcut"]: row["used"] for row in api(demo, "amara").get("/api/canned-responses").json()}
    assert (used["replacement"], used["reship"]) == (1, 0)


def test_the_button_opens_the_list_and_the_mouse_takes_from_it(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    desk.keyboard.press("r")
    desk.get_by_role("button", name="Canned responses").click()
    desk.get_by_role("option", name="One moment /moment").click()
    expect(desk.get_by_label("Reply to Leila Haddad")).to_have_value(
        "Thank you. One moment, please, I am looking into it."
    )


def test_an_agent_writes_their_own_and_finds_it_at_once(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    desk.goto(f"{demo.url}/settings/canned/new")
    desk.get_by_label("Title").fill("Care of the Ridge")
    desk.get_by_label("Shortcut").fill("care")
    desk.get_by_label("Text").fill("Brush it, $ContactFirstName, and leave $This.")
    expect(desk.get_by_label("For whom").locator("option")).to_have_text(["Choose", "Only me"])
    desk.keyboard.press("Control+s")
    expect(desk.get_by_role("heading", name="Care of the Ridge")).to_be_visible()
    desk.screenshot(path=SHOTS / "settings-canned.png")
    desk.goto(f"{demo.url}/inbox/mine/{visitor.conversation_id}")
    expect(desk.get_by_role("log")).to_contain_text("Is the Ridge 45")
    desk.keyboard.press("r")
    desk.keyboard.type("/care")
    expect(desk.get_by_role("option", name="Care of the Ridge")).to_be_visible()
    desk.keyboard.press("Tab")
    expect(desk.get_by_label("Reply to Leila Haddad")).to_have_value("Brush it, Leila, and leave $This.")


def test_what_a_supervisor_shares_is_there_for_an_agent_without_a_reload(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    lead = sign_in(person().new_page(), demo, "tomas")
    desk.keyboard.press("r")
    desk.keyboard.type("/strike")
    expect(desk.get_by_role("listbox")).to_have_count(0)
    given = {"shortcut": "strike", "title": "Strike", "text": "The carrier is on strike.", "shared_with": "everybody"}
    made = api(demo, "tomas").post("/api/canned-responses", json=given).json()
    expect(desk.get_by_role("option", name="Strike /strike")).to_be_visible()
    lead.goto(f"{demo.url}/settings/canned/{made['id']}")
    lead.get_by_label("For whom").select_option("Only me")
    lead.keyboard.press("Control+s")
    expect(desk.get_by_role("option", name="Strike /strike")).to_have_count(0)


def test_answers_to_choose_from_are_written_and_come_along(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    desk.goto(f"{demo.url}/settings/canned/new")
    desk.get_by_label("Title").fill("Back to us")
    desk.get_by_label("Shortcut").fill("back")
    desk.get_by_label("Text").fill("How would you like to send it?")
    desk.get_by_label("Answers to choose from").fill("By post\nIn the shop")
    desk.keyboard.press("Control+s")
    expect(desk.get_by_role("heading", name="Back to us")).to_be_visible()
    desk.goto(f"{demo.url}/inbox/mine/{visitor.conversation_id}")
    expect(desk.get_by_role("log")).to_contain_text("Is the Ridge 45")
    desk.keyboard.press("r")
    desk.keyboard.type("/back")
    expect(desk.get_by_role("option", name="Back to us")).to_be_visible()
    desk.screenshot(path=SHOTS / "canned-choices.png")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("textbox", name="Answer 1")).to_have_value("By post")
    expect(desk.get_by_role("textbox", name="Answer 2")).to_have_value("In the shop")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_role("log").get_by_role("listitem").filter(has_text="In the shop")).to_be_visible()
