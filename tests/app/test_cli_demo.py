"""``helpline demo`` as somebody meets it in a terminal."""

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from helpline.app.settings import Settings
from tests.running import PATIENCE

HELPLINE = str(Path(sys.executable).parent / "helpline")


def start(data: Path, port: int = 0, *more: str) -> subprocess.Popen[str]:
    """A demo in a process of its own."""
    command = [HELPLINE, "demo", "--data", str(data), "--port", str(port), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def told(demo: subprocess.Popen[str]) -> str:
    """Everything up to the line that says how to stop it."""
    assert demo.stdout is not None
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if "Delete that folder" in line:
            return "".join(lines)
    raise AssertionError(f"it did not start: {demo.stderr and demo.stderr.read()}")


@pytest.fixture
def running_demo(demo: Settings, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str, Path]]:
    """A running demo, what it said, and its folder."""
    shutil.copytree(demo.data, tmp_path / "demo")
    process = start(tmp_path / "demo")
    try:
        yield process, told(process), tmp_path / "demo"
    finally:
        process.kill()
        process.communicate()


def test_the_demo_from_start_to_ctrl_c(running_demo: tuple[subprocess.Popen[str], str, Path]) -> None:
    demo, said, data = running_demo
    [base] = set(re.findall(r"http://127\.0\.0\.1:\d+", said))
    port = int(base.rpartition(":")[2])
    key = re.findall(r'data-key="([^"]+)"', httpx.get(f"{base}/demo", timeout=PATIENCE).text)
    assert httpx.get(f"{base}/api/webchat/{key[0]}", timeout=PATIENCE).json()["brand"] == "Kestrel Outdoor"
    login = {"email": "amara@kestrel.example", "password": "kestrel-demo"}
    assert httpx.post(f"{base}/api/session", json=login, timeout=PATIENCE).status_code == 201

    refused = subprocess.run([HELPLINE, "demo", "--data", str(data), "--port", "0"], capture_output=True, text=True)
    assert (refused.returncode, "Another Helpline is running" in refused.stderr) == (1, True)
    other = [HELPLINE, "demo", "--data", str(data.parent / "other"), "--port", str(port)]
    refused = subprocess.run(other, capture_output=True, text=True)
    assert (refused.returncode, f"Port {port} is taken" in " ".join(refused.stderr.split())) == (1, True)

    with connect(f"ws://127.0.0.1:{port}/api/webchat/live"):
        demo.send_signal(signal.SIGINT)
        out, err = demo.communicate(timeout=60)
    assert (demo.returncode, out.strip(), err) == (0, "Stopped.", "")
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))

    again = start(data)
    assert key[0] in httpx.get(re.findall(r"http://\S+/demo", told(again))[0], timeout=PATIENCE).text
    again.send_signal(signal.SIGINT)
    again.communicate(timeout=60)
    assert again.returncode == 0
