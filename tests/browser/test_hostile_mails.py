"""Mails of people who mean harm, in a real browser: nothing runs, nothing is fetched until asked, nothing leaves its frame."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.composing import api, sign_in
from tests.browser.conftest import NewPerson, demo_in
from tests.browser.hostile_mails import HOSTILE, filled
from tests.browser.seeded import Seeded
from tests.channels.email.raw import parts
from tests.listening import eventually
from tests.outside.listener import Asked, Listener
from tests.running import Running

SECRET = "a secret of the forwarder"
HTML = "Content-Type: text/html; charset=utf-8"


def picture(wide: int = 40, high: int = 20) -> bytes:
    """A PNG in one color, however large, of few bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress((b"\0" + bytes((wide + 7) // 8)) * high, 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@dataclass
class Mailbox:
    """The demo's mailbox, and a server outside that counts who comes."""

    demo: Running
    hook: str
    heard: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    out: str = ""

    def answer(self, asked: Asked) -> None:
        self.heard.append((asked.path, {name.lower(): value for name, value in asked.headers.items()}))
        asked.say(picture(), **{"content-type": "image/png"})

    def put(self, mail: bytes) -> None:
        headers = {"x-helpline-secret": SECRET}
        assert self.demo.client().post(self.hook, content=mail, headers=headers).status_code == 200

    def conversation(self, name: str, messages: int = 1) -> str:
        """With this contact, as soon as so many mails are in it."""
        desk = api(self.demo, "ingrid")

        def there() -> Any:
            found = desk.get("/api/conversations?view=all&limit=100").json()["items"]
            for one in (row for row in found if row["contact_name"] == name):
                said = desk.get(f"/api/conversations/{one['id']}/messages").json()["items"]
                if sum(entry["author"]["kind"] == "contact" for entry in said) == messages:
                    return one["id"]
            return None

        return str(eventually(there))


@pytest.fixture(scope="module")
def demo(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One demo for all of them: each brings mails of its own."""
    with demo_in(tmp_path_factory.mktemp("mails") / "demo", seeded) as server:
        desk = api(server, "ingrid")
        category = desk.get("/api/channel-categories").json()[0]["id"]
        given = {
            "name": "Mailbox",
            "kind": "email",
            "category_id": category,
            "settings": {"address": "hello@shop.example"},
        }
        desk.post("/api/channels", json=given | {"secrets": {"http_secret": SECRET}}).raise_for_status()
        yield server


@pytest.fixture
def mailbox(demo: Running) -> Iterator[Mailbox]:
    channels = api(demo, "ingrid").get("/api/channels").json()
    box = Mailbox(demo, next(one["hook"] for one in channels if one["name"] == "Mailbox").removeprefix(demo.url))
    with Listener(box.answer) as outside:
        box.out = f"http://localhost:{outside.port}"  # another site, to which no cookie of the desk goes
        yield box


def opened(person: NewPerson, demo: Running, conversation_id: str) -> Page:
    """The conversation, all its mails shown as they were sent; whatever happens in its frames is noted in ``page.happened``."""
    page = person(height=2000).new_page()
    page.on("dialog", lambda dialog: (page.evaluate("window.evil = 1"), dialog.dismiss()))
    sign_in(page, demo, "ingrid")
    team = page.request.get(f"{demo.url}/api/conversations/{conversation_id}").json()["team_id"]
    page.goto(f"{demo.url}/inbox/team-{team}/{conversation_id}")
    return page


def linger(page: Page) -> None:
    """All is loaded; whatever waits a moment before it strikes has its moment."""
    page.evaluate("new Promise(done => setTimeout(done, 500))")


def show_all(page: Page) -> int:
    """Have all mails shown; how many."""
    shown = page.get_by_role("button", name="Show as sent")
    expect(shown.first).to_be_visible()
    number = shown.count()
    for _ in range(number):
        shown.first.click()
    frames = page.locator(".mail-frame iframe")
    expect(frames).to_have_count(number)
    expect(page.locator('.mail-frame iframe[style*="block-size"]')).to_have_count(number)
    linger(page)
    return number


def send_hostile(mailbox: Mailbox, name: str) -> str:
    """A conversation of hostile mails."""
    for number, html in enumerate(HOSTILE.values()):
        answers = f"<{name}.0@post.example>" if number else None
        headers = {"from": f"{name} <{name.lower()}@post.example>", "in_reply_to": answers}
        content = filled(html, mailbox.out).encode()
        mailbox.put(parts((HTML, b"<p>Hello</p>" + content), message_id=f"<{name}.{number}@post.example>", **headers))
        mailbox.conversation(name, number + 1)
    return mailbox.conversation(name, len(HOSTILE))


def assert_harmless(page: Page, mailbox: Mailbox, conversation_id: str) -> None:
    assert page.evaluate("window.evil") is None
    assert page.url.endswith(conversation_id)
    assert len(page.context.pages) == 1
    for frame in page.main_frame.child_frames:
        assert frame.url.startswith(f"{mailbox.demo.url}/api/messages/"), frame.url
        for within in frame.child_frames:  # only where it was not made safe
            assert within.url.startswith(("chrome-error:", "about:")), within.url
    # What is in a frame covers nothing around it.
    composer = page.get_by_role("textbox").last.bounding_box()
    assert composer is not None
    at = [composer["x"] + composer["width"] / 2, composer["y"] + composer["height"] / 2]
    assert page.evaluate("([x, y]) => document.elementFromPoint(x, y).tagName", at) != "IFRAME"
    heights = page.locator(".mail-frame iframe").evaluate_all("all => all.map(one => one.clientHeight)")
    assert max(heights) <= 640


def test_nothing_of_a_hostile_mail_runs_or_is_fetched_until_asked(mailbox: Mailbox, person: NewPerson) -> None:
    id = send_hostile(mailbox, "Mallory")
    page = opened(person, mailbox.demo, id)
    assert show_all(page) == len(HOSTILE)
    assert_harmless(page, mailbox, id)
    assert mailbox.heard == []
    ask = page.get_by_role("button", name="Show them").or_(page.get_by_role("button", name="Show it"))
    while ask.count():
        ask.first.click()
    eventually(lambda: {path for path, _ in mailbox.heard} >= {"/pixel.png?id=1"})
    linger(page)
    assert_harmless(page, mailbox, id)
    assert {path for path, _ in mailbox.heard} == {"/pixel.png?id=1"}
    for _, headers in mailbox.heard:
        assert headers["sec-fetch-dest"] == "image"
        assert not {"referer", "cookie", "origin"} & headers.keys()


def test_the_frame_holds_even_what_was_not_made_safe(mailbox: Mailbox, person: NewPerson) -> None:
    id = send_hostile(mailbox, "Trudy")
    page = opened(person, mailbox.demo, id)
    unsafe = iter(HOSTILE.values())

    def let_through(route: Route) -> None:
        real = route.fetch()
        body = f"<!doctype html><html><body>{filled(next(unsafe), mailbox.out)}</body></html>"
        route.fulfill(response=real, body=body, headers=real.headers | {"content-length": str(len(body.encode()))})

    page.route("**/mail/page*", let_through)
    assert show_all(page) == len(HOSTILE)
    assert_harmless(page, mailbox, id)
    assert mailbox.heard == []


def test_images_of_other_servers_show_once_they_are_asked_for_and_those_that_came_along_at_once(
    mailbox: Mailbox, person: NewPerson
) -> None:
    html = (
        f'<p>Look: <img id=a src="cid:one@post"><img src="{mailbox.out}/one.png"><img src="{mailbox.out}/two.png"></p>'
    )
    png = 'Content-Type: image/png; name="a.png"\r\nContent-ID: <one@post>\r\nContent-Transfer-Encoding: binary'
    mailbox.put(
        parts((HTML, html.encode()), (png, picture()), kind="related", **{"from": "Peggy <peggy@post.example>"})
    )
    page = opened(person, mailbox.demo, mailbox.conversation("Peggy"))
    show_all(page)
    loaded = "all => all.filter(one => one.complete && one.naturalWidth > 0).length"
    frame = page.frame_locator(".mail-frame iframe")
    eventually(lambda: frame.locator("img").evaluate_all(loaded) == 1)
    assert mailbox.heard == []
    notice = page.get_by_text("2 images of other servers are not shown.")
    expect(notice).to_be_visible()
    page.get_by_role("button", name="Show them").click()
    eventually(lambda: frame.locator("img").evaluate_all(loaded) == 3)
    expect(notice).to_be_hidden()
    assert sorted(path for path, _ in mailbox.heard) == ["/one.png", "/two.png"]
    page.reload()
    show_all(page)
    expect(notice).to_be_visible()


def test_a_link_opens_a_window_that_knows_nothing_of_the_desk(mailbox: Mailbox, person: NewPerson) -> None:
    html = f'<p><a href="{mailbox.out}/page">The page</a></p>'
    mailbox.put(parts((HTML, html.encode()), **{"from": "Victor <victor@post.example>"}))
    page = opened(person, mailbox.demo, mailbox.conversation("Victor"))
    show_all(page)
    with page.context.expect_page() as other:
        page.frame_locator(".mail-frame iframe").get_by_role("link", name="The page").click()
    other.value.wait_for_load_state()
    assert other.value.evaluate("window.opener") is None
    ((path, headers), *_) = mailbox.heard
    assert path == "/page"
    assert not {"referer", "cookie"} & headers.keys()


def test_what_is_enclosed_is_downloaded_and_never_opened(mailbox: Mailbox, person: NewPerson) -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"
    enclosed = {
        "bomb.zip": ("application/zip", bomb),
        "x.svg": ("image/svg+xml", svg),
        "y.html": ("text/html", b"<script>alert(1)</script>"),
    }
    given = [
        (
            f'Content-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\nContent-Transfer-Encoding: base64',
            _packed(content),
        )
        for name, (kind, content) in enclosed.items()
    ]
    mail = parts((HTML, b"<p>See below</p>"), *given, **{"from": "Oscar <oscar@post.example>"})
    mailbox.put(mail)
    page = opened(person, mailbox.demo, mailbox.conversation("Oscar"))
    for name, (_, content) in enclosed.items():
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert Path(download.value.path()).read_bytes() == content
    page.get_by_role("button", name="Details").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as it came").click()
    assert Path(download.value.path()).read_bytes() == mail
    assert download.value.suggested_filename == "My lamp.eml"
    assert page.evaluate("window.evil") is None
    assert len(page.context.pages) == 1


def _packed(content: bytes) -> bytes:
    import base64

    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def test_a_picture_of_a_billion_dots_does_not_hold_up_the_desk(mailbox: Mailbox, person: NewPerson) -> None:
    png = 'Content-Type: image/png; name="a.png"\r\nContent-ID: <one@post>\r\nContent-Transfer-Encoding: base64'
    huge = _packed(picture(30_000, 30_000))
    mailbox.put(
        parts(
            (HTML, b'<p>Look <img src="cid:one@post"></p>'),
            (png, huge),
            kind="related",
            **{"from": "Walter <walter@post.example>"},
        )
    )
    page = opened(person, mailbox.demo, mailbox.conversation("Walter"))
    show_all(page)
    page.get_by_role("button", name="Details").click()
    expect(page.get_by_text("walter@post.example").first).to_be_visible()
    assert page.locator(".mail-frame iframe").evaluate("one => one.clientHeight") <= 640


def test_a_sender_in_disguise_and_headers_within_headers_are_seen_as_they_are(
    mailbox: Mailbox, person: NewPerson
) -> None:
    headers = {
        "from": '"hello@shop.example" <help@sh0p.example>',
        "subject": "=?utf-8?q?Hello=0D=0ABcc:_victim@shop.example=0D=0A?=",
    }
    mailbox.put(parts((HTML, b"<p>Your mailbox is full</p>"), **headers))
    deep = b"x"
    for level in range(60):
        deep = (
            f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode()
            + deep
            + f"\r\n--b{level}--\r\n".encode()
        )
    mailbox.put(b"From: Deep <deep@post.example>\r\nMessage-ID: <deep.1@post.example>\r\nSubject: Deep\r\n" + deep)
    page = opened(person, mailbox.demo, mailbox.conversation("hello@shop.example"))
    expect(
        page.get_by_text("The sender’s name shows another address. It was sent from help@sh0p.example")
    ).to_be_visible()
    expect(page.locator(".conv-subject")).to_have_text("Hello Bcc: victim@shop.example")
    page.get_by_role("button", name="Details").click()
    expect(page.locator(".mail-facts")).to_contain_text("From")
    expect(page.locator(".mail-facts dt").filter(has_text="Bcc")).to_have_count(0)
    kept = eventually(lambda: api(mailbox.demo, "ingrid").get("/api/quarantine").json()["items"])
    assert "nested too deeply" in kept[0]["error"]
