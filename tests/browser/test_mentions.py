"""A colleague is asked in by a note, hears of it once, reads it and answers."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.composing import served, sign_in
from tests.browser.conftest import NewPerson
from tests.running import Running

LISTEN = """
window.told = [];
window.asked = 0;
const request = navigator.locks.request.bind(navigator.locks);
navigator.locks.request = (name, how, run) => request(name, how, (lock) => { setTimeout(() => asked++); return run(lock); });
window.Notification = class { static permission = 'granted'; constructor(title, more) { told.push([title, more.body]); } };
"""


def _mention(desk: Page, question: str) -> None:
    desk.keyboard.press("n")
    desk.keyboard.type("Can @陳")
    expect(desk.get_by_role("listbox", name="Colleagues").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    desk.keyboard.type(question)
    desk.keyboard.press("Control+Enter")


def _listening(context: BrowserContext) -> BrowserContext:
    context.add_init_script(LISTEN)
    return context


def test_a_colleague_of_another_team_is_mentioned_reads_and_it_is_read(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    colleague = sign_in(person().new_page(), demo, "jianhong")
    mentions = colleague.get_by_role("link", name="提及")
    expect(mentions).to_contain_text("0")

    _mention(desk, "look at https://kestrel.example/stock please?")
    note = desk.locator(".note")
    expect(note.locator(".mention")).to_have_text("@陳建宏")
    expect(note.get_by_role("link")).to_have_attribute("href", "https://kestrel.example/stock")

    expect(mentions).to_contain_text("1")
    mentions.click()
    entry = colleague.locator(f"[data-entry='{visitor.conversation_id}']")
    entry.click()
    expect(colleague.get_by_role("log")).to_contain_text("look at https://kestrel.example/stock please?")
    expect(mentions).to_contain_text("0")
    colleague.keyboard.press("n")
    colleague.keyboard.type("Three are left.")
    colleague.keyboard.press("Control+Enter")
    expect(desk.get_by_role("log")).to_contain_text("Three are left.")


def test_who_is_only_mentioned_is_offered_what_they_may_do_and_follows_it_live(
    demo: Running, person: NewPerson
) -> None:
    desk, visitor = served(demo, person)
    colleague = sign_in(person().new_page(), demo, "jianhong")
    _mention(desk, "help?")
    colleague.goto(f"{demo.url}/inbox/mentions/{visitor.conversation_id}")
    expect(colleague.get_by_role("log")).to_contain_text("Is the Ridge 45")
    work = colleague.locator("#work")
    expect(work.get_by_role("status").filter(has_text="同事在備註中提及你")).to_be_visible()
    for refused in ("轉交", "結束服務", "接手", "連結聯絡人"):
        expect(work.get_by_role("button", name=refused)).to_have_count(0)
    expect(work.get_by_role("textbox", name="內部備註")).to_have_count(0)
    expect(work.get_by_role("alert")).to_have_count(0)
    work.get_by_role("button", name="寫備註").click()
    expect(work.get_by_role("textbox", name="內部備註")).to_be_focused()

    colleague.goto(f"{demo.url}/inbox/mentions")
    visitor.write("Or in blue?")
    expect(colleague.locator(f"[data-entry='{visitor.conversation_id}']")).to_contain_text("Or in blue?")


def test_a_mention_is_notified_once_although_two_windows_are_open(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    colleague = _listening(person())
    windows = [sign_in(colleague.new_page(), demo, "jianhong")]
    windows.append(colleague.new_page())
    windows[1].goto(demo.url)
    for window in windows:
        expect(window.locator(".live")).to_have_attribute("data-state", "live")
        expect(window.get_by_role("link", name="提及")).to_contain_text("0")
    _mention(desk, "help?")
    for window in windows:
        expect(window.get_by_role("link", name="提及")).to_contain_text("1")
    for window in windows:
        window.wait_for_function("asked === 1")
    told = [one for window in windows for one in window.evaluate("told")]
    assert told == [["Amara Okafor請你協助", "Can @陳建宏 help?"]]


def test_who_hands_a_conversation_to_a_team_of_others_is_told_so_and_offered_nothing_that_is_refused(
    demo: Running, person: NewPerson
) -> None:
    desk, _ = served(demo, person)
    desk.keyboard.press("t")
    expect(desk.get_by_role("combobox", name="Transfer to")).to_be_focused()
    desk.keyboard.type("繁體")
    expect(desk.get_by_role("dialog").get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("dialog").get_by_role("button", name="Transfer")).to_be_enabled()
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Handed to 繁體中文")).to_be_visible()
    expect(desk.get_by_role("button", name="Undo")).to_have_count(0)
    work = desk.locator("#work")
    expect(work.get_by_role("status").filter(has_text="This conversation is with 繁體中文 now")).to_be_visible()
    for refused in ("Write a note", "Take", "Transfer"):
        expect(work.get_by_role("button", name=refused, exact=True)).to_have_count(0)
    desk.keyboard.press("n")
    expect(work.locator("textarea.composer-text")).to_have_count(0)
