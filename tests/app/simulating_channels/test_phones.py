"""The phones of simulated customers: what stands there, and what is written on them."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from helpline.app.simulating_channels.exchange import Asked, Said
from helpline.app.simulating_channels.line import Line
from helpline.app.simulating_channels.phones import Phones
from helpline.app.simulating_channels.telegram import Telegram
from helpline.app.simulating_channels.whatsapp import WhatsApp
from tests.running import PATIENCE

from .asking import ask

HELPLINE = str(Path(sys.executable).parent / "helpline")


def write(phones: Phones, **written: str) -> Said:
    body = json.dumps(written).encode()
    said = phones.answer(Asked(method="POST", path="/phones", headers={"content-type": "application/json"}, body=body))
    assert said is not None
    return said


def look(phones: Phones) -> list[Any]:
    said = phones.answer(Asked(method="GET", path="/phones"))
    assert said is not None
    found: list[Any] = json.loads(said.body)
    return found


@pytest.mark.parametrize("kind", ["line", "telegram", "whatsapp"])
def test_somebody_new_writes_and_goes_on_writing(kind: str) -> None:
    provider = {"line": Line, "telegram": Telegram, "whatsapp": WhatsApp}[kind]()
    phones = Phones({kind: provider})
    customer = json.loads(write(phones, provider=kind, name="Ana", text="hola").body)["customer"]
    write(phones, provider=kind, customer=customer, text="¿hay alguien?")
    (phone,) = look(phones)
    assert (phone["name"], [one["text"] for one in phone["messages"]]) == ("Ana", ["hola", "¿hay alguien?"])
    assert len(provider.hooks.take()) == 2


def test_an_answer_that_is_offered_can_be_tapped() -> None:
    whatsapp = WhatsApp()
    phones = Phones({"whatsapp": whatsapp})
    ana = whatsapp.meets("Ana")
    whatsapp.says(ana, "hola")
    whatsapp.hooks.take()
    buttons = [{"type": "reply", "reply": {"id": one, "title": one}} for one in ("Yes", "No")]
    asked = {"type": "button", "body": {"text": "Well?"}, "action": {"buttons": buttons}}
    message = {"messaging_product": "whatsapp", "to": ana.id, "type": "interactive", "interactive": asked}
    path = f"/v23.0/{whatsapp.phone_id}/messages"
    assert ask(whatsapp, "POST", path, message, authorization=f"Bearer {whatsapp.token}").status == 200
    whatsapp.hooks.take()
    shown = look(phones)[0]["messages"][-1]
    assert shown["offered"] == ["Yes", "No"]
    write(phones, provider="whatsapp", customer=ana.id, text="No", answers=shown["id"])
    told = whatsapp.hooks.take()[0]["messages"][0]
    assert told["interactive"]["button_reply"] == {"id": "No", "title": "No"}


def test_what_makes_no_sense_is_refused_and_no_form_of_another_page_can_write() -> None:
    phones = Phones({"line": Line()})
    assert write(phones, provider="viber", text="hi").status == 400
    assert write(phones, provider="line", text=" ").status == 400
    assert write(phones, provider="line").status == 400
    form = {"content-type": "text/plain"}
    assert phones.answer(Asked(method="POST", path="/phones", headers=form, body=b"{}")) is None
    assert look(phones) == []


def test_the_command_says_where_and_with_which_secrets() -> None:
    command = [HELPLINE, "simulate", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if "Ctrl+C" in line:
                break
        said = "".join(lines)
        try:
            phones = re.findall(r"Phones\s+(http://\S+)", said)[0]
            assert "Phones of simulated customers" in httpx.get(phones, timeout=PATIENCE).text
            base = re.findall(r"http://\S+/telegram", said)[0]
            token = re.findall(r"token (\d+:\S+)", said)[0]
            assert httpx.get(f"{base}/bot{token}/getMe", timeout=PATIENCE).json()["ok"]
        finally:
            process.kill()
