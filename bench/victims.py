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
        given = {"HELPLINE_SECRET": self.settings.secret, "HELPLINE_DRAIN": str(self.settings.drain)}
        given |= {"HELPLINE_MAY_CALL": self.settings.may_call, "HELPLINE_ADDRESS": self.settings.address}
        self._process = subprocess.Popen(
            command_of(self.settings),
            stdout=subprocess.DEVNULL,
            env={**os.environ, **{name: value for name, value in given.items() if value}},
        )
        wait_until_healthy(self._process, self.settings.port)

    def send(self, sign: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(sign)

    def wait(self) -> int:
        """Until it has ended; with which code."""
        return self._process.wait()

    def kill(self) -> None:
        """End it without a warning."""
        self.send(signal.SIGKILL)
        self.wait()

    def restart(self) -> float:
        """Kill it and start it again; the seconds until it answers."""
        self.kill()
        began = time.monotonic()
        self.start()
        return time.monotonic() - began

    def stop(self) -> None:
        """End it properly."""
        self.send(signal.SIGTERM)
        self.wait()
