"""The simulators held against the providers' own descriptions of their APIs, where these are at hand."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
import yaml

from helpline.app.simulating_channels.line import actions
from helpline.app.simulating_channels.line import messages as line
from helpline.app.simulating_channels.telegram import methods
from helpline.app.simulating_channels.whatsapp import WhatsApp
from helpline.app.simulating_channels.whatsapp.templates import Template
from helpline.app.simulating_channels.whatsapp.users import MEDIA_LASTS
from tests.shared import shared

from .asking import ask, told

NOT_SENT = {"textV2", "imagemap", "coupon"}
"""What LINE has and a desk does not send; it is refused."""


@cache
def _read(path: Path) -> Any:
    text = path.read_text()
    return json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=yaml.CSafeLoader)


def _named(kind: Any) -> tuple[set[str], set[str]]:
    """All fields of a struct and the required ones, as they are called on the wire."""
    fields = msgspec.structs.fields(kind)
    return {one.encode_name for one in fields}, {one.encode_name for one in fields if one.required}


def _described(schemas: Any, name: str) -> tuple[set[str], set[str]]:
    """The same of a schema of LINE's, with all it is made of."""
    schema = schemas[name.rpartition("/")[2]]
    fields, required = set(schema.get("properties", {})), set(schema.get("required", []))
    for part in schema.get("allOf", []):
        more = _described(schemas, part["$ref"]) if "$ref" in part else (set(part["properties"]), set())
        fields, required = fields | more[0], required | more[1] | set(part.get("required", []))
    return fields - {"type"}, required - {"type"}


def _line(schemas: Any, union: Any, kind: str) -> dict[str, tuple[Any, str]]:
    """Our structs and their names there, by tag."""
    there = schemas[kind]["discriminator"]["mapping"]
    return {str(one.__struct_config__.tag): (one, there[str(one.__struct_config__.tag)]) for one in get_args(union)}


@pytest.mark.parametrize(
    ("union", "kind", "strict"),
    [(line.Message, "Message", True), (actions.QuickAction, "Action", False)],
)
def test_messages_of_line_have_the_fields_that_are_described(union: Any, kind: str, strict: bool) -> None:
    schemas = _read(shared("chan-line/openapi/messaging-api.yml"))["components"]["schemas"]
    ours = _line(schemas, union, kind)
    for tag, (struct, name) in ours.items():
        fields, required = _described(schemas, name)
        assert _named(struct)[0] == fields, tag
        if strict:  # of actions, more is required than the description says; LINE's own page does
            assert _named(struct)[1] == required, tag
    if strict:
        assert ours.keys() | NOT_SENT == schemas[kind]["discriminator"]["mapping"].keys()


def test_requests_of_line_have_the_fields_that_are_described() -> None:
    schemas = _read(shared("chan-line/openapi/messaging-api.yml"))["components"]["schemas"]
    assert _named(line.Push) == _described(schemas, "PushMessageRequest")
    assert _named(line.Reply) == _described(schemas, "ReplyMessageRequest")


METHODS = [
    kind
    for name, kind in vars(methods).items()
    if isinstance(kind, type) and issubclass(kind, methods.Strict) and name.startswith(("Send", "Edit", "Set", "Get"))
]


@pytest.mark.parametrize("kind", METHODS, ids=lambda kind: kind.__name__)
def test_methods_of_telegram_have_fields_that_are_described(kind: Any) -> None:
    there = _read(shared("chan-telegram/api.json"))["methods"]
    described = {one["name"]: one["required"] for one in there[kind.__name__[0].lower() + kind.__name__[1:]]["fields"]}
    fields, required = _named(kind)
    assert fields <= described.keys()
    needed = {name for name, is_required in described.items() if is_required}
    # A text that is missing is refused as an empty one, by the same words; and of an edit, we always say which message.
    assert needed - {"text"} <= required
    assert required - {"chat_id", "message_id", "text"} <= needed


def _whatsapp_examples() -> dict[str, Any]:
    there = _read(shared("chan-whatsapp-openapi/business-messaging-api_v23.0.yaml"))
    post = there["paths"]["/{Version}/{Phone-Number-ID}/messages"]["post"]
    examples = post["requestBody"]["content"]["application/json"]["examples"]
    # What stands for a value is sometimes longer than a value may be.
    return {name: json.loads(re.sub("<[^<>]*>", "x", json.dumps(one["value"]))) for name, one in examples.items()}


NOT_OFFERED = ("Catalog", "Flow", "Product", "Order", "typing")
"""What WhatsApp has and a desk does not send; it is refused."""


def test_examples_of_whatsapp_are_accepted_and_without_a_needed_field_refused() -> None:
    examples = {name: one for name, one in _whatsapp_examples().items() if not any(no in name for no in NOT_OFFERED)}
    examples["Send Reply to List Message"].setdefault("type", "interactive")  # forgotten there
    assert len(examples) > 35
    for name, example in examples.items():
        whatsapp = _ready(example)
        assert _post(whatsapp, example) == 200, name
        for field in example.keys() - {"recipient_type", "context", "type"}:
            left = {key: value for key, value in example.items() if key != field}
            assert _post(whatsapp, left) == 400, (name, field)
        assert _post(whatsapp, {**example, "colour": "red"}) == 400, name


def test_examples_of_what_is_not_offered_are_refused() -> None:
    for name, example in _whatsapp_examples().items():
        if any(no in name for no in NOT_OFFERED[:4]) and "Template" not in name:
            assert _post(_ready(example), example) >= 400, name


def _ready(example: Any) -> WhatsApp:
    """A number to which the things are known that an example speaks of."""
    whatsapp = WhatsApp()
    whatsapp.rate_per_pair.burst = 1000
    customer = whatsapp.customers.add("16505551234", "Ana")
    id = whatsapp.says(customer, "hello")
    customer.screen[0].id = "wamid.HBgLM..." if example.get("type") == "reaction" else id
    if "context" in example:
        customer.screen[0].id = example["context"]["message_id"]
    kind = example.get("type", "")
    part = example.get(kind)
    if isinstance(part, dict) and "id" in part:
        part["id"] = whatsapp.keep(b"data", "image/png", lasts=MEDIA_LASTS)
    if isinstance(part, dict) and "link" in part:
        part["link"] = "https://example.com/file"
    if kind == "location":
        part["latitude"], part["longitude"] = float(part["latitude"]), float(part["longitude"])
    if kind == "template":
        body = next((one for one in part.get("components", []) if one["type"] == "body"), {"parameters": []})
        holes = " ".join(f"{{{{{at}}}}}" for at in range(1, len(body["parameters"]) + 1))
        whatsapp.templates = [Template(part["name"], part["language"]["code"], f"Hello {holes}", **_rest_of(part))]
    return whatsapp


def _rest_of(template: Any) -> dict[str, Any]:
    """The header and the buttons that a template must have for what is filled in."""
    components = template.get("components", [])
    heads = [one["parameters"][0]["type"] for one in components if one["type"] == "header"]
    replies = [one for one in components if one["type"] == "button" and one["sub_type"] == "quick_reply"]
    header = {"text": "Hello {{1}}"}.get(heads[0], heads[0].upper()) if heads else ""
    return {"header": header, "buttons": [{"type": "QUICK_REPLY", "text": "Yes"} for _ in replies]}


def _post(whatsapp: WhatsApp, given: Any) -> int:
    whole = {**given, "to": "+16505551234"} if "to" in given else given
    path = f"/v23.0/{whatsapp.phone_id}/messages"
    said = ask(whatsapp, "POST", path, whole, authorization=f"Bearer {whatsapp.token}")
    assert said.status == 200 or "error" in told(said)
    return said.status
