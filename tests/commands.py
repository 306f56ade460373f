"""The command line in this very process: a Python of its own for each command takes longer than what is tested."""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from helpline.app.cli.main import main
from helpline.app.logs import configure


class Done(NamedTuple):
    """What a command that has ended leaves."""

    returncode: int
    stdout: str
    stderr: str


def helpline(*arguments: str | Path, **environment: str) -> Done:
    """Run ``helpline`` with these arguments."""
    code, out, complaints = 0, io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    argv = patch.object(sys, "argv", ["helpline", *map(str, arguments)])
    with argv, patch.dict(os.environ, environment), redirect_stdout(out), redirect_stderr(complaints):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(bool(end.code))
    configure("error")  # as before, whatever the command logs
    return Done(code, _said(out), _said(complaints))


def _said(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
