"""What one has begun to write survives a reload, follows to another desk, and goes when it is sent."""

from playwright.sync_api import expect

from tests.browser.composing import reload, served, sign_in
from tests.browser.conftest import NewPerson
from tests.running import Running


def test_a_draft_is_saved_follows_to_another_desk_and_goes_when_it_is_sent(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    desk.keyboard.press("r")
    desk.keyboard.type("It is, and it leaves")
    expect(desk.get_by_text("Draft saved")).to_be_visible()

    other = sign_in(person().new_page(), demo, "amara")
    expect(other.locator(f"[data-entry='{visitor.conversation_id}']")).to_contain_text("Draft: It is, and it leaves")
    other.goto(f"{demo.url}/inbox/mine/{visitor.conversation_id}")
    field = other.get_by_label("Reply to Leila Haddad")
    expect(field).to_have_value("It is, and it leaves")

    desk.keyboard.type(" today.")
    expect(field).to_have_value("It is, and it leaves today.")
    reload(desk)
    mine = desk.get_by_label("Reply to Leila Haddad")
    expect(mine).to_have_value("It is, and it leaves today.")
    mine.press("Control+Enter")
    expect(desk.get_by_role("log")).to_contain_text("It is, and it leaves today.")
    expect(field).to_have_value("")
    expect(other.get_by_role("log")).to_contain_text("It is, and it leaves today.")


def test_a_draft_written_without_a_connection_is_kept_and_saved_later(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    saving = f"**/api/conversations/{visitor.conversation_id}/draft"
    desk.route(saving, lambda route: route.abort())
    desk.keyboard.press("n")
    desk.keyboard.type("Ask Jonas about the depot")
    expect(desk.get_by_text("Kept here until the connection is back")).to_be_visible()
    desk.unroute(saving)
    desk.keyboard.type(".")
    expect(desk.get_by_text("Draft saved")).to_be_visible()
    reload(desk)
    expect(desk.get_by_label("Internal note")).to_have_value("Ask Jonas about the depot.")


def test_a_note_never_goes_out_as_the_reply(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    desk.keyboard.press("n")
    desk.keyboard.type("This one complains every week")
    desk.keyboard.press("Escape")
    desk.keyboard.press("r")
    reply = desk.get_by_label("Reply to Leila Haddad")
    expect(reply).to_have_value("")
    desk.keyboard.type("It is")
    expect(desk.get_by_text("Draft saved")).to_be_visible()
    reload(desk)
    expect(reply).to_have_value("It is")
    reply.press("Control+Enter")
    expect(desk.get_by_role("log")).to_contain_text("It is")
    expect(desk.get_by_role("log")).not_to_contain_text("complains")
    reload(desk)
    expect(reply).to_have_value("")
    desk.keyboard.press("n")
    expect(desk.get_by_label("Internal note")).to_have_value("This one complains every week")
