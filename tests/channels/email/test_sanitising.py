"""HTML of strangers: what stays of it, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.channels.email.sanitising import safe

PIXEL = "data:image/png;base64,iVBORw0KGgo="


def test_what_makes_a_mail_readable_stays() -> None:
    html = (
        '<table border="1" cellpadding="3"><tbody><tr><td colspan="2" bgcolor="#eeeeee" style="color:red;padding-left:3px">'
        '<b>Lamp</b> <a href="https://shop.example/lamp">here</a><br><font color="#123456">now</font></td></tr></tbody></table>'
    )
    clean = safe(html).html
    for kept in ('colspan="2"', 'bgcolor="#eeeeee"', "color:red", "padding-left:3px", "<b>Lamp</b>", 'color="#123456"'):
        assert kept in clean
    assert 'href="https://shop.example/lamp"' in clean
    assert 'target="_blank"' in clean
    assert 'rel="noopener noreferrer nofollow"' in clean


@pytest.mark.parametrize(
    "html",
    [
        "<script>evil()</script>",
        "<img src=x onerror=evil()>",
        "<svg onload=evil()><script>evil()</script></svg>",
        "<a href='javascript:evil()'>x</a>",
        "<a href='JaVaScRiPt&colon;evil()'>x</a>",
        "<a href='data:text/html,<script>evil()</script>'>x</a>",
        "<iframe src='https://evil.example'></iframe>",
        "<object data='https://evil.example'></object><embed src='https://evil.example'>",
        "<form action='https://evil.example'><input name=evil><button>x</button></form>",
        "<link rel=stylesheet href='https://evil.example/a.css'><base href='https://evil.example'>",
        "<meta http-equiv=refresh content='0;url=https://evil.example'>",
        "<style>@import 'https://evil.example'; body{background:url(https://evil.example)}</style>",
        "<p style=\"background:url('https://evil.example/x')\">x</p>",
        "<p style='background-color:url(https://evil.example)'>x</p>",
        "<p style='width:expression(evil())'>x</p>",
        "<p style='color:red;position:fixed;inset:0;z-index:9999'>x</p>",
        "<p style='color:\\75rl(https://evil.example)'>x</p>",
        "<p style='margin-left:-9999px'>x</p>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=evil()>",
        "<noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
        "<table background='https://evil.example/x'><tr><td background='https://evil.example/x'>x</table>",
        "<img srcset='https://evil.example/x 1x'><picture><source srcset='https://evil.example/x'></picture>",
        "<video src='https://evil.example' autoplay></video><audio src='https://evil.example'></audio>",
        "<input type=image src='https://evil.example'>",
        "<img src='//evil.example/x.png'>",
        "<a id=evil name=evil class=evil>x</a>",
        "<template><script>evil()</script></template>",
        "<!-- evil --><![CDATA[evil]]><?evil ?>",
    ],
)
def test_what_runs_loads_or_covers_does_not(html: str) -> None:
    clean = safe(html).html
    for sign in ("evil", "javascript", "position", "url(", "9999", "expression", "<form", "<input", "<svg", "<style"):
        assert sign not in clean.lower(), clean


def test_images_of_other_servers_wait_until_they_are_asked_for() -> None:
    html = f'<img src="https://shop.example/a.png" width="1"><img src="http://b.example/b.png"><img src="{PIXEL}">'
    waiting = safe(html)
    assert "shop.example" not in waiting.html
    assert waiting.remote == 2
    assert PIXEL in waiting.html
    shown = safe(html, images=True)
    assert 'src="https://shop.example/a.png"' in shown.html
    assert shown.remote == 2


def test_images_that_came_along_are_shown_from_here() -> None:
    html = '<img src="CID:Pic@1"><img src="cid:none@2">'
    clean = safe(html, inline={"pic@1": "/files/abc"}).html
    assert 'src="/files/abc"' in clean
    assert "cid:" not in clean.lower()


@pytest.mark.parametrize(
    "data", ["data:image/svg+xml;base64,PHN2Zz4=", "data:text/html;base64,PHN2Zz4=", "data:image/png,<x>"]
)
def test_an_image_in_the_text_is_an_image(data: str) -> None:
    assert "data:" not in safe(f'<img src="{data}">').html


def test_a_mail_shows_files_of_ours_and_asks_for_nothing_else_here() -> None:
    file = "/files/0199-a/0199-b/0123456789abcdef0123456789abcdef"
    for other in (
        "../api/conversations",
        "%2e%2e/api/x",
        "\\api\\x",
        "a/b/../../../api",
        f"{file[7:]}/../x",
        f"{file[7:]}?x",
    ):
        assert "src" not in safe(f'<img src="/files/{other}">', images=True).html
    assert f'src="{file}"' in safe(f'<img src="{file}">').html


_PIECES = [
    "<",
    ">",
    "/",
    "'",
    '"',
    "=",
    " ",
    "img",
    "src",
    "svg",
    "style",
    "onload",
    "script",
    "a",
    "href",
    "javascript:",
    "evil()",
    "<!--",
    "-->",
    "p",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))
def test_what_is_clean_stays_as_it_is(html: str) -> None:
    once = safe(html).html
    assert safe(once).html == once
    assert "<script" not in once
    assert "<svg" not in once
