"""What a command writes beside the running server, from a process of its own, is heard and happens as if the server had done it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from helpline.app.settings import Settings
from helpline.app.socket import SIGNED_OUT
from tests.interchange.bring import TALK
from tests.listening import code_of, open_desk, until, upserted
from tests.running import PASSWORD, Running


def _helpline(settings: Settings, *arguments: str) -> None:
    where = ["--data", str(settings.data), *(["--database", settings.database] if settings.database else [])]
    known = {**os.environ, "HELPLINE_SECRET": settings.secret}
    done = subprocess.run(
        [sys.executable, "-m", "helpline", *arguments, *where], capture_output=True, text=True, env=known
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _open(id: str, **more: Any) -> dict[str, Any]:
    return {"type": "conversation", "id": id, "channel": "Web chat", "messages": TALK["messages"][:1], **more}


def test_a_desk_hears_of_what_is_imported_and_what_was_put_aside_comes_back(running: Running, tmp_path: Path) -> None:
    admin, past = running.set_up(), tmp_path / "past.jsonl"
    aside = {"agent": "ada@example.com", "snoozed_at": "2025-03-04T09:00:00Z", "snoozed_until": "2025-03-05T09:00:00Z"}
    lines = [_open("t-1", state="waiting"), _open("t-2", state="active", **aside)]
    past.write_text("\n".join(map(json.dumps, lines)))
    with open_desk(running, admin) as (desk, _):
        _helpline(running.settings, "import", str(past))
        heard: dict[str, Any] = {}

        def both_are_there(frame: dict[str, Any]) -> bool:
            heard.update({row["id"]: row for row in upserted("conversation")(frame) or []})
            states = [(row["state"], row["snoozed_until"]) for row in heard.values()]
            return sorted(state for state, _ in states) == ["active", "waiting"] and not any(at for _, at in states)

        until(desk, both_are_there)


def test_a_password_reset_by_command_closes_the_open_desk(running: Running) -> None:
    with open_desk(running, running.set_up()) as (desk, _):
        _helpline(running.settings, "admin", "reset-password", "ada@example.com", "--password", f"{PASSWORD} 2")
        assert code_of(desk) == SIGNED_OUT
