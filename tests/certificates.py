"""Certificates for servers of a test, by an authority of its own."""

import subprocess
from pathlib import Path
from subprocess import DEVNULL

_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]


def authority(folder: Path) -> Path:
    """An authority in this folder; its own certificate."""
    made = folder / "ca.pem"
    _make("-subj", "/CN=An authority of the tests", "-keyout", folder / "ca.key", "-out", made)
    return made


def certified(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for this name, by the authority in the same folder, and its key."""
    made, key = folder / "server.pem", folder / "server.key"
    by = ["-CA", folder / "ca.pem", "-CAkey", folder / "ca.key"]
    _make("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", *by, "-keyout", key, "-out", made)
    return made, key


def _make(*more: str | Path) -> None:
    subprocess.run(["openssl", "req", "-x509", *_KEY, *more], check=True, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL)
