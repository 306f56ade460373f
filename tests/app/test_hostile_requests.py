"""Requests that are not what they say they are: refused in a sentence, nothing lost, and the server still answers."""

import socket
from collections.abc import Iterator

import httpx
import pytest
from websockets.sync.client import connect

from helpline.app.auth import COOKIE, CsrfMissing
from helpline.app.socket import BAD_FRAME, SIGNED_OUT
from helpline.core import new_id
from tests.listening import code_of, desk_socket, new_visitor, of_type, open_chat, say, until
from tests.running import PASSWORD, Running

ADA = {"email": "ada@example.com", "password": PASSWORD}
JSON = {"content-type": "application/json"}


@pytest.fixture
def admin(running: Running) -> Iterator[httpx.Client]:
    """An administrator; afterwards the server still answers, and they are still signed in."""
    client = running.set_up()
    yield client
    assert client.get("/api/session").status_code == 200
    assert running.client().get("/health").status_code == 200


def _refused(answer: httpx.Response, *statuses: int) -> bool:
    is_problem = answer.headers["content-type"].startswith("application/problem+json")
    return answer.status_code in statuses and is_problem and bool(answer.json()["code"])


def test_a_cookie_that_was_changed_or_cut_is_nobodys(running: Running, admin: httpx.Client) -> None:
    cookie = admin.cookies[COOKIE]
    for wrong in (
        cookie[:-1],
        cookie + "0",
        cookie.swapcase(),
        cookie.split(".")[0] + ".",
        "a" * 10_000,
        '"',
        "=;=",
    ):
        answer = running.client().get("/api/session", headers={"cookie": f"{COOKIE}={wrong}".encode()})
        assert _refused(answer, 401), wrong


def test_a_visitors_token_that_was_changed_is_nobodys(running: Running, admin: httpx.Client) -> None:
    token = new_visitor(running, admin)
    head, body, mark = token.split(".")
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    for wrong in (
        f"{head}.{body}.",
        f"{unsigned}.{body}.",
        f"{head}.{body}x.{mark}",
        f"{head}.{body}.{mark[:-2]}",
        "..",
        "é",
    ):
        answer = running.client().get(
            "/api/webchat/conversation", headers={"authorization": f"Bearer {wrong}".encode()}
        )
        assert _refused(answer, 401), wrong


def test_the_mark_of_another_session_does_not_count(running: Running, admin: httpx.Client) -> None:
    other = running.client().post("/api/session", json=ADA).json()["csrf"]
    mine = admin.headers.pop("x-csrf-token")
    for wrong in (other, mine[:-1], mine.upper() if mine.upper() != mine else "", "é"):
        refused = admin.post("/api/owners", json={"name": "Evil"}, headers={"x-csrf-token": wrong.encode()})
        assert _refused(refused, 403), wrong
        assert refused.json()["code"] == CsrfMissing.code()
    assert admin.get("/api/owners").json() == []


def test_a_page_of_another_site_opens_no_desk(running: Running, admin: httpx.Client) -> None:
    for origin in (
        "https://evil.example",
        "null",
        "",
        f"{running.url}.evil.example",
        running.url.replace("127.0.0.1", "localhost"),
    ):
        with desk_socket(running, admin, origin=origin) as desk:
            assert code_of(desk) == SIGNED_OUT, origin


def test_ten_megabytes_deep_nesting_and_wrong_content_types(admin: httpx.Client) -> None:
    large = b'{"name": "' + b"x" * (10 * 1024 * 1024) + b'"}'
    assert _refused(admin.post("/api/owners", content=large, headers=JSON), 413)
    assert _refused(admin.post("/api/owners", content=b"[" * 500_000, headers=JSON), 400, 413)
    assert _refused(admin.post("/api/owners", content=b'{"name": "\xff\xfe"}', headers=JSON), 400)
    for kind in (
        "text/plain",
        "application/xml",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "nonsense",
        "",
    ):
        answer = admin.post("/api/owners", content=b"name=Brand", headers={"content-type": kind})
        assert _refused(answer, 400, 415), (kind, answer.text)
    assert _refused(admin.post("/api/owners", content=b'{"name": 1e999999}', headers=JSON), 400)
    assert admin.get("/api/owners").json() == []


def test_parameters_that_come_twice_or_are_too_large(admin: httpx.Client) -> None:
    for query in (
        "limit=1&limit=2",
        "limit=99999999999999999999999",
        "after=1e400",
        "q=%ff%fe",
        "cursor=%00",
        "a[b][]=1",
        "&&=&",
    ):
        for path in ("/api/contacts", "/api/records", "/api/conversations", "/api/audit"):
            answer = admin.get(f"{path}?{query}")
            assert answer.is_success or _refused(answer, 400, 422), (path, query, answer.text)


def test_an_address_leads_out_of_no_folder(running: Running, admin: httpx.Client) -> None:
    for path in (
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2f..%2fetc/passwd",
        "/widget/%2e%2e/%2e%2e/app/web.py",
        "/assets/%2fetc%2fpasswd",
        "/..%5c..%5cetc",
        "/assets/%00",
        "/widget/.hidden",
        "/files/../secret",
    ):
        with socket.create_connection(("127.0.0.1", running.port)) as raw:
            raw.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            answer = b"".join(iter(lambda: raw.recv(65536), b""))
        assert b"root:" not in answer
        assert b"def create_app" not in answer
        assert answer.split(b" ", 2)[1] in {b"200", b"400", b"404"}, path


def test_a_file_name_breaks_no_header_and_its_content_is_not_run(running: Running, admin: httpx.Client) -> None:
    page = b"<script>alert(document.domain)</script>"
    for name in (
        "a\r\nSet-Cookie: x=1.html",
        'a";filename="b.html',
        "../../x.svg",
        "\u202egnp.html",
        "x.html;.png",
        "發票 €.html",
    ):
        kept = admin.post("/api/files", files={"file": (name, page)})
        assert kept.status_code == 201, kept.text
        served = running.client().get(kept.json()["url"])
        assert served.headers["content-disposition"].startswith("attachment")
        assert "set-cookie" not in served.headers
        assert "sandbox" in served.headers["content-security-policy"]
        assert "\n" not in kept.json()["name"]


def test_whatever_host_is_claimed_no_foreign_page_is_trusted(running: Running, admin: httpx.Client) -> None:
    for host in ("evil.example", "evil.example:80", "127.0.0.1@evil.example", "x" * 300):
        answer = admin.get("/api/session", headers={"host": host})
        assert answer.status_code in {200, 400}
        assert "evil" not in str(answer.headers)


def test_a_body_that_trickles_and_a_request_that_breaks_off_hold_nobody_up(
    running: Running, admin: httpx.Client
) -> None:
    lines = [
        "POST /api/session HTTP/1.1",
        "Host: x",
        "Content-Type: application/json",
        "Content-Length: 1000000",
        "",
        '{"email"',
    ]
    waiting = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(20)]
    for one in waiting:
        one.sendall("\r\n".join(lines).encode())
    assert admin.post("/api/owners", json={"name": "Meanwhile"}).status_code == 201
    for one in waiting:
        one.close()
    assert [row["name"] for row in admin.get("/api/owners").json()] == ["Meanwhile"]


def test_a_socket_that_does_not_read_loses_nothing_and_stops_nobody(running: Running, admin: httpx.Client) -> None:
    deaf_token = new_visitor(running, admin)
    with connect(f"{running.ws_url}/api/webchat/live", max_queue=1) as deaf:
        say(deaf, type="hello", token=deaf_token)
        for number in range(300):
            say(deaf, type="send", id=f"{number:032}", text="x" * 5000)
        with open_chat(running, new_visitor(running, admin)) as (other, _):
            say(other, type="send", id=new_id(), text="Hello")
            assert until(other, of_type("ack"))["message"]["text"] == "Hello"


def test_garbage_on_the_desks_socket_closes_it(running: Running, admin: httpx.Client) -> None:
    for frame in (
        b"\x00\xff" * 100,
        "{",
        "[" * 100_000,
        '{"type":"watch","conversations":[1]}',
        '{"type":"hello","after":1e99}',
        "x" * 400_000,
    ):
        with desk_socket(running, admin) as desk:
            desk.send(frame)
            assert code_of(desk) in {BAD_FRAME, 1009}, frame[:30]
    with desk_socket(running, admin) as desk:
        desk.send([b'{"type":"hel', b'lo","after":null,"watch":[]}'])
        assert until(desk, of_type("ready"))


def test_headers_say_what_a_browser_may_do(running: Running, admin: httpx.Client) -> None:
    api = admin.get("/api/owners").headers
    assert api["cache-control"] == "no-store"
    assert api["cross-origin-resource-policy"] == "same-origin"
    assert "strict-transport-security" not in api
    https = running.client().get("/", headers={"x-forwarded-proto": "https"}).headers
    assert https["strict-transport-security"].startswith("max-age=")
    assert "unsafe" not in https["content-security-policy"]
    assert https["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in https["permissions-policy"]
    assert "sha256-" in running.client().get("/schema").headers["content-security-policy"]
    assert running.client().get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
