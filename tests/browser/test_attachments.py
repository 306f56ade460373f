"""Files are dropped and pasted, refused before they are sent, shown with their kind; pictures are small until looked at."""

import re
import struct
import zlib

from playwright.sync_api import Page, expect

from tests.browser.composing import served
from tests.browser.conftest import SHOTS, NewPerson
from tests.running import Running

GIVE = """([selector, kind, files]) => {
  const data = new DataTransfer();
  for (const [name, size] of files) data.items.add(new File([new Uint8Array(size)], name));
  const event = kind === 'paste'
    ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true })
    : new DragEvent(kind, { dataTransfer: data, bubbles: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


def _picture(width: int, height: int, color: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = (b"\0" + color * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


def _give(page: Page, selector: str, kind: str, *files: tuple[str, int]) -> None:
    page.evaluate(GIVE, [selector, kind, files])


def test_files_are_dropped_pasted_refused_and_sent(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    attached = desk.get_by_role("list", name="Attached files")
    _give(desk, "[role=log]", "drop", ("Return-label.pdf", 84_000))
    expect(attached.get_by_role("listitem")).to_have_count(1)
    expect(attached).to_contain_text("84 kB")
    desk.keyboard.press("r")
    _give(desk, "textarea.composer-text", "paste", ("stock.csv", 20))
    expect(attached).to_contain_text("stock.csv")

    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    _give(desk, "[role=log]", "drop", ("setup.exe", 5), ("film.mp4", 20 * 1024 * 1024 + 1))
    expect(attached).to_contain_text("Files of this kind are not accepted.")
    expect(attached).to_contain_text("The file is larger than 20 MB.")
    assert not [url for url in asked if url.endswith("/api/files")]
    desk.get_by_role("button", name="Remove setup.exe").click()
    desk.get_by_role("button", name="Remove film.mp4").click()

    _give(desk, "[role=log]", "drop", *[(f"{n}.txt", 5) for n in range(10)])
    expect(desk.get_by_text("At most 10 files go with one message")).to_be_visible()
    expect(attached.get_by_role("listitem")).to_have_count(10)
    expect(attached.get_by_role("progressbar")).to_have_count(0)
    desk.get_by_label("Reply to Leila Haddad").press("Control+Enter")
    card = desk.get_by_role("log").get_by_role("link", name="Return-label.pdf")
    expect(card).to_contain_text("PDF, 84 kB")
    with desk.expect_download() as download:
        card.click()
    assert download.value.suggested_filename == "Return-label.pdf"


def test_an_upload_is_broken_off(demo: Running, person: NewPerson) -> None:
    desk, _ = served(demo, person)
    attached = desk.get_by_role("list", name="Attached files")
    desk.route("**/api/files", lambda _: None)
    _give(desk, "[role=log]", "drop", ("film.mp4", 5_000_000))
    expect(attached.get_by_role("progressbar", name="Upload of film.mp4")).to_be_visible()
    with desk.expect_event("requestfailed", lambda request: request.url.endswith("/api/files")):
        desk.get_by_role("button", name="Break off the upload of film.mp4").press("Enter")
    expect(attached).to_have_count(0)

    desk.unroute("**/api/files")
    _give(desk, "[role=log]", "drop", ("stock.csv", 20))
    expect(attached.get_by_role("button", name="Remove stock.csv")).to_be_visible()
    expect(attached.get_by_role("listitem")).to_have_count(1)


def test_pictures_are_looked_at_one_after_the_other(demo: Running, person: NewPerson) -> None:
    desk, visitor = served(demo, person)
    names = ["green.png", "blue.png"]
    colors = [b"\x2f\x9e\x44", b"\x20\x57\xc9"]
    files = [visitor.upload(name, _picture(640, 480, color)) for name, color in zip(names, colors, strict=True)]
    visitor.write("Which of these?", file_ids=files)
    log = desk.get_by_role("log")
    expect(log.get_by_role("img", name="blue.png")).to_be_visible()

    green = log.get_by_role("button", name="green.png")
    green.press("Enter")
    viewer = desk.get_by_role("dialog", name="green.png")
    expect(viewer.get_by_role("img", name="green.png")).to_be_visible()
    expect(viewer).to_contain_text("1 of 2")
    desk.keyboard.press("ArrowLeft")
    expect(viewer).to_be_visible()
    desk.keyboard.press("ArrowRight")
    viewer = desk.get_by_role("dialog", name="blue.png")
    expect(viewer.get_by_role("img", name="blue.png")).to_be_visible()
    expect(viewer.get_by_role("button", name="Next picture")).to_be_disabled()
    desk.screenshot(path=SHOTS / "desk-lightbox.png")
    desk.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(green).to_be_focused()


def test_files_that_are_dropped_on_an_ended_conversation_are_for_a_note(demo: Running, person: NewPerson) -> None:
    desk, shopper = served(demo, person)
    assert shopper.client.post("/api/webchat/close", json={}).is_success
    expect(desk.get_by_label("Reply to Leila Haddad")).to_have_count(0)
    _give(desk, "[role=log]", "drop", ("Return-label.pdf", 84_000))
    expect(desk.get_by_role("list", name="Attached files")).to_contain_text("Return-label.pdf")
    expect(desk.get_by_role("textbox", name="Internal note")).to_be_visible()


def test_the_chat_shows_a_small_picture_and_the_whole_one_when_it_is_looked_at(
    demo: Running, person: NewPerson
) -> None:
    page = person(width=390, height=844).new_page()
    page.goto(f"{demo.url}/demo")
    page.get_by_role("button", name="chat").first.click()
    page.get_by_role("textbox").last.fill("It came like this.")
    photo = _picture(2400, 1800, b"\x2f\x9e\x44")
    page.locator("helpline-chat input[type=file]").set_input_files(
        [{"name": "tent.png", "mimeType": "image/png", "buffer": photo}]
    )
    page.keyboard.press("Enter")
    shown = page.get_by_role("log").get_by_role("button", name="tent.png")
    expect(shown.get_by_role("img")).to_have_attribute("src", re.compile("/preview$"))
    drawn = shown.get_by_role("img").evaluate(
        "async (img) => { await img.decode(); return [img.naturalWidth, img.naturalHeight] }"
    )
    assert max(drawn) < 2400
    assert drawn[0] / drawn[1] == 2400 / 1800
    shown.click()
    whole = page.get_by_role("dialog", name="tent.png").get_by_role("img")
    expect(whole).to_have_js_property("naturalWidth", 2400)
