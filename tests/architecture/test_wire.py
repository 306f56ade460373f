"""The desk and the server speak of the same shapes: field by field, from both sources."""

import importlib
import pkgutil
import re
from pathlib import Path

import msgspec
import pytest

import helpline
from helpline.core import Out

TYPES = (Path(__file__).parents[2] / "web/desk/src/api/types.ts").read_text()
_INTERFACE = re.compile(r"export interface (\w+)(?: extends (\w+))? \{\n(.*?)\n\}", re.DOTALL)
_FIELD = re.compile(r"^  (\w+)\??:", re.MULTILINE)


def _desk_shapes() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, base, body in _INTERFACE.findall(TYPES):
        found[name] = set(_FIELD.findall(body)) | found.get(base, set())
    return found


def _server_shapes() -> dict[str, set[str]]:
    for module in pkgutil.walk_packages(helpline.__path__, "helpline."):
        if module.name.endswith((".shapes", ".session_api")):
            importlib.import_module(module.name)
    shapes, todo = {}, [Out]
    while todo:
        shape = todo.pop()
        todo += shape.__subclasses__()
        shapes[shape.__name__] = set(
            msgspec.structs.fields(shape) and [f.encode_name for f in msgspec.structs.fields(shape)]
        )
    return shapes


SHARED = sorted(set(_desk_shapes()) & set(_server_shapes()))


def test_the_desk_knows_the_shapes_of_the_server() -> None:
    assert {"ConversationOut", "MessageOut", "RecordOut", "AgentOut", "ContactOut", "ChannelOut"} <= set(SHARED)


@pytest.mark.parametrize("name", SHARED)
def test_a_shape_has_the_same_fields_on_both_sides(name: str) -> None:
    assert _desk_shapes()[name] == _server_shapes()[name]
