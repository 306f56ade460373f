"""Providers put several customers into one call: what makes no sense of one of them holds up no other."""

from typing import Any

import msgspec
import pytest

from helpline.channels.contract import Account
from helpline.channels.inbound import NotUnderstood, Puzzling, Raw, Reported, Said
from helpline.channels.kinds import adapter_of

HTTP = Account(channel_id="c", settings={"provider": "http"}, secrets={})
META = Account(channel_id="c", settings={}, secrets={})


def of_line(*events: dict[str, Any]) -> dict[str, Any]:
    return {"destination": "U", "events": list(events)}


def line(text: Any, **more: Any) -> dict[str, Any]:
    said = {"type": "message", "webhookEventId": "w", "timestamp": 1, "source": {"type": "user", "userId": "U1"}}
    return {**said, "message": {"type": "text", "id": f"of {text}", "text": text}, **more}


def of_whatsapp(*messages: dict[str, Any], statuses: Any = ()) -> dict[str, Any]:
    value = {"messages": list(messages), "statuses": list(statuses)}
    return {"entry": [{"changes": [{"field": "messages", "value": value}]}]}


def whatsapp(text: Any, **more: Any) -> dict[str, Any]:
    return {"from": "1", "id": f"of {text}", "timestamp": "1", "type": "text", "text": {"body": text}, **more}


def of_messenger(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"object": "page", "entry": [{"messaging": list(messages)}]}


def messenger(text: Any, **more: Any) -> dict[str, Any]:
    return {"sender": {"id": "1"}, "timestamp": 1, "message": {"mid": f"of {text}", "text": text}, **more}


CALLS = {
    "line, no text": ("line", META, of_line(line(None), line("hola"))),
    "line, nobody": ("line", META, of_line({"type": "new", "webhookEventId": "n"}, line("hola"))),
    "line, no event": ("line", META, of_line("x", line("hola"))),  # type: ignore[arg-type]
    "whatsapp, no text": ("whatsapp", META, of_whatsapp(whatsapp(None), whatsapp("hola"))),
    "whatsapp, nobody": ("whatsapp", META, of_whatsapp(whatsapp("x", **{"from": ""}), whatsapp("hola"))),
    "whatsapp, no status": ("whatsapp", META, of_whatsapp(whatsapp("hola"), statuses=[{"id": 7}])),
    "messenger, no text": ("messenger", META, of_messenger(messenger(7), messenger("hola"))),
    "messenger, nobody": ("messenger", META, of_messenger(messenger("x", sender={"id": ""}), messenger("hola"))),
    "sms, no id": ("sms", HTTP, [{"from": "1", "text": "x"}, {"id": "of hola", "from": "1", "text": "hola"}]),
}


@pytest.mark.parametrize("call", CALLS)
def test_the_others_are_read_and_the_one_is_named(call: str) -> None:
    kind, account, told = CALLS[call]
    events = adapter_of(kind).receive(account, Raw(body=msgspec.json.encode(told)))
    assert [one.text for one in events if isinstance(one, Said)] == ["hola"]
    (riddle,) = [one for one in events if isinstance(one, Puzzling)]
    assert riddle.why


def test_a_status_stands_for_itself() -> None:
    told = of_whatsapp(whatsapp(None), statuses=[{"id": "s", "status": "read"}])
    events = adapter_of("whatsapp").receive(META, Raw(body=msgspec.json.encode(told)))
    assert [one for one in events if isinstance(one, Reported)] == [Reported(external_id="s", state="read")]


def test_where_there_is_nothing_but_riddles_the_whole_makes_no_sense() -> None:
    with pytest.raises(NotUnderstood):
        adapter_of("line").receive(META, Raw(body=msgspec.json.encode(of_line(line(None), line(None)))))
