"""Who else is there: typing, looking, and what the visitor has read."""

from playwright.sync_api import expect

from tests.browser.composing import served, sign_in
from tests.browser.conftest import SHOTS, NewPerson
from tests.listening import open_chat, say
from tests.running import Running


def test_one_sees_who_types_who_looks_and_what_was_read(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    head = desk.locator(".conv-head")
    expect(head).not_to_contain_text("also looking")
    colleague = sign_in(person().new_page(), demo, "ingrid")
    colleague.goto(f"{demo.url}/inbox/mine/{visitor.conversation_id}")
    expect(head).to_contain_text("Ingrid Solberg is also looking")
    expect(colleague.locator(".conv-head")).to_contain_text("Amara Okafor is also looking")

    with open_chat(demo, visitor.token) as (chat, snapshot):
        say(chat, type="typing")
        expect(desk.get_by_text("Leila Haddad is typing")).to_be_visible()
        expect(colleague.get_by_text("Leila Haddad is typing")).to_be_visible()
        colleague.keyboard.press("n")
        colleague.keyboard.type("Rotterdam")
        expect(desk.get_by_text("Ingrid Solberg")).not_to_have_count(0)
        expect(desk.locator(".typing")).to_contain_text("Ingrid Solberg")
        desk.screenshot(path=SHOTS / "company.png")

        desk.keyboard.press("r")
        desk.keyboard.type("It is, and it leaves today.")
        desk.keyboard.press("Control+Enter")
        expect(desk.locator(".turn-state").last).to_have_attribute("data-state", "sent")
        last = snapshot["messages"][-1]["seq"] + 50
        say(chat, type="seen", seq=last)
        expect(desk.locator(".turn-state").last).to_have_attribute("data-state", "read")

    colleague.close()
    expect(head).not_to_contain_text("also looking")
