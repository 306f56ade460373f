"""Changes to payloads: of bytes, of a tree of JSON, of a form, of the lines and parts of a mail."""

import copy
import json
import random
from typing import Any
from urllib.parse import parse_qsl, urlencode

NASTY: list[Any] = [None, True, False, 0, -1, 2**31, 2**63, 10**30, 1e308, -0.0, "", " ", "\x00", "\ud800", "x" * 5000]
NASTY += [
    "\u202e",
    "0",
    "-1",
    "nan",
    "https://a.example/\r\nX: 1",
    "<script>",
    "🙂" * 300,
    [],
    {},
    [[]],
    [None],
    {"": ""},
]
NASTY += ["1" * 400, 1700000000, 1700000000000, 10**17, "ß\u0301" * 40, "\ufffe"]
LINES = [
    b"Content-Type: text/plain; charset=", b"Content-Type: multipart/mixed; boundary=", b"Content-Type: message/rfc822",
    b"Content-Type: text/html; charset=utf-7", b"Content-Type: text/plain; charset=iso-2022-jp; format=flowed; delsp=yes",
    b"Content-Transfer-Encoding: base64", b"Content-Transfer-Encoding: quoted-printable", b"Content-Transfer-Encoding: x-uuencode",
    b"From: ", b"From: <>", b"From: =?big5?b?/////w==?= <a@b>", b"Subject: =?utf-8?q?=00=ff?=", b"Date: Thu, 99 Foo 99999 99:99",
    b"Content-Disposition: attachment; filename*=utf-8''%00%ff", b"Content-Type: multipart/report; report-type=delivery-status",
    b"Reply-To: a@b, ", b"References: " + b"<a@b> " * 300, b"Message-ID: " + b"x" * 2000, b"Auto-Submitted: auto-replied",
    b"Content-Type: text/plain; charset*0=u; charset*1=tf-8", b"Content-Disposition: inline; filename*0*=\xff; filename*1=x",
]  # fmt: skip


def mutated(kind: str, body: bytes, other: bytes, chance: random.Random) -> bytes:
    """A payload, changed once or a few times."""
    change = {"sms": _form, "email": _mail}.get(kind, _json)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        body = _bytes(body, other, chance) if chance.random() < 0.15 else change(body, other, chance)
    return body[:200_000]


def _bytes(body: bytes, other: bytes, chance: random.Random) -> bytes:
    at, to = sorted((chance.randrange(len(body) + 1), chance.randrange(len(body) + 1)))
    how = chance.randrange(5)
    if how == 0:
        return body[:at]
    if how == 1:
        return body[:at] + body[to:]
    if how == 2:
        return body[:at] + bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9))) + body[at:]
    if how == 3:
        return body[:at] + body[at : at + 300] * chance.randrange(2, 9) + body[at:]
    return body[:at] + other[chance.randrange(len(other) + 1) :]


def _json(body: bytes, other: bytes, chance: random.Random) -> bytes:
    try:
        tree, more = json.loads(body), json.loads(other)
    except (ValueError, RecursionError):
        return _bytes(body, other, chance)
    tree = _in_tree(tree, more, chance)
    try:
        return json.dumps(tree, ensure_ascii=chance.random() < 0.7).encode("utf-8", "surrogatepass")
    except RecursionError:
        return body


def _in_tree(tree: Any, other: Any, chance: random.Random) -> Any:
    places = _places(tree)
    if not places:
        return chance.choice(NASTY)
    holder, key = chance.choice(places)
    how = chance.randrange(7)
    if how == 0:
        holder[key] = copy.deepcopy(chance.choice(NASTY))
    elif how == 1:
        del holder[key]
    elif how == 2 and (found := _places(other)):
        there, name = chance.choice(found)
        holder[key] = copy.deepcopy(there[name])
    elif how == 3 and isinstance(holder, list):
        holder.extend(copy.deepcopy(holder[key]) for _ in range(chance.randrange(1, 4)))
    elif how == 4 and isinstance(holder, dict):
        there, name = chance.choice(places)
        holder[name if isinstance(name, str) else "type"] = holder.pop(key)
    elif how == 5:
        there, name = chance.choice(places)
        holder[key] = copy.deepcopy(there[name])
    else:
        holder[key] = chance.choice(([holder[key]], {"type": holder[key]}, str(holder[key])[:100]))
    return tree


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    to_do = [value]
    while to_do and len(found) < 400:
        one = to_do.pop()
        inner = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        found += [(one, key) for key, _ in inner]
        to_do += [held for _, held in inner]
    return found


def _form(body: bytes, other: bytes, chance: random.Random) -> bytes:
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
    more = parse_qsl(other.decode("utf-8", "replace"), keep_blank_values=True)
    if not pairs or not more:
        return other
    at, how = chance.randrange(len(pairs)), chance.randrange(4)
    if how == 0:
        pairs[at] = (pairs[at][0], str(chance.choice(NASTY)))
    elif how == 1:
        del pairs[at]
    elif how == 2:
        pairs.append(chance.choice(more))
    else:
        pairs[at] = (chance.choice(more)[0], pairs[at][1])
    return urlencode(pairs, errors="surrogatepass").encode()


def _mail(body: bytes, other: bytes, chance: random.Random) -> bytes:
    lines, more = body.split(b"\n"), other.split(b"\n")
    at, how = chance.randrange(len(lines)), chance.randrange(8)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(at, chance.choice(LINES))
    elif how == 2:
        lines.insert(chance.randrange(min(len(lines), 15) + 1), chance.choice(LINES))
    elif how == 3:
        lines.insert(at, chance.choice(more))
    elif how == 4:
        start = chance.randrange(len(more))
        lines[at:at] = more[start : start + chance.randrange(1, 40)]
    elif how == 5:
        lines[at] = _bytes(lines[at], chance.choice(more), chance)
    elif how == 6:
        to = chance.randrange(len(lines))
        lines[at], lines[to] = lines[to], lines[at]
    else:
        return b"Content-Type: message/rfc822\r\nFrom: a@b.example\r\n\r\n" + body
    return b"\n".join(lines)
