"""A colleague is asked in by a note, sees it counted, reads it and answers."""

from playwright.sync_api import expect

from tests.browser.composing import served, sign_in
from tests.browser.conftest import NewPerson
from tests.running import Running


def test_a_colleague_of_another_team_is_mentioned_reads_and_it_is_read(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    colleague = sign_in(person().new_page(), demo, "jianhong")
    mentions = colleague.get_by_role("link", name="提及")
    expect(mentions).to_contain_text("0")

    desk.keyboard.press("n")
    desk.keyboard.type("Can @陳")
    expect(desk.get_by_role("listbox", name="Colleagues").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.keyboard.type("look at https://kestrel.example/stock please?")
    desk.keyboard.press("Control+Enter")
    note = desk.locator(".note")
    expect(note.locator(".mention")).to_have_text("@陳建宏")
    expect(note.get_by_role("link")).to_have_attribute("href", "https://kestrel.example/stock")

    expect(mentions).to_contain_text("1")
    mentions.click()
    colleague.locator(f"[data-entry='{visitor.conversation_id}']").click()
    expect(colleague.get_by_role("log")).to_contain_text("look at https://kestrel.example/stock please?")
    expect(mentions).to_contain_text("0")
    colleague.keyboard.press("n")
    colleague.keyboard.type("Three are left.")
    colleague.keyboard.press("Control+Enter")
    expect(desk.get_by_role("log")).to_contain_text("Three are left.")
