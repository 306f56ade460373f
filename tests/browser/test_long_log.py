"""What was said long ago comes by scrolling up, and what one reads stays where it is."""

from playwright.sync_api import expect

from helpline.core import new_id
from tests.browser.composing import api, served
from tests.browser.conftest import NewPerson
from tests.running import Running

HELD = "[...document.querySelectorAll('[role=log] .said')].find((one) => one.innerText === 'Line 30.')"


def test_older_messages_come_by_scrolling_and_nothing_jumps(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    agent = api(demo, "amara")
    for number in range(120):
        said = {"id": new_id(), "seen_up_to": 0, "text": f"Line {number}.", "visibility": "public", "anyway": True}
        assert agent.post(f"/api/conversations/{visitor.conversation_id}/messages", json=said).status_code == 201
    desk.reload()
    log = desk.get_by_role("log")
    expect(log.get_by_text("Line 30.", exact=True)).to_be_attached()
    expect(log.get_by_text("Line 1.", exact=True)).not_to_be_attached()
    scrolled = "(log) => log.scrollTo(0, log.clientHeight - log.scrollHeight + 150)"
    before = log.evaluate(f"(log) => {{ ({scrolled})(log); return {HELD}.getBoundingClientRect().top }}")
    expect(log.get_by_text("Line 1.", exact=True)).to_be_attached()
    assert abs(desk.evaluate(f"{HELD}.getBoundingClientRect().top") - before) < 2
