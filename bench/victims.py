"""Servers that are killed in the middle of the work and started again."""

import os
import signal
import subprocess
import time

from helpline.app.settings import Settings

from .serving import command_of, wait_until_healthy


class Victim:
    """A node that can be killed and started again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.url = f"http://127.0.0.1:{settings.port}"
        self.ws_url = f"ws://127.0.0.1:{settings.port}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        secret = {"HELPLINE_SECRET": self.settings.secret} if self.settings.secret else {}
        self._process = subprocess.Popen(
            command_of(self.settings), stdout=subprocess.DEVNULL, env={**os.environ, **secret}
        )
        wait_until_healthy(self._process, self.settings.port)

    def kill(self) -> None:
        """End it without a warning."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def restart(self) -> float:
        """Kill it and start it again; the seconds until it answers."""
        self.kill()
        began = time.monotonic()
        self.start()
        return time.monotonic() - began

    def stop(self) -> None:
        """End it properly."""
        self._process.terminate()
        self._process.wait()
