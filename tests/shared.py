"""Material that nobody of this project wrote and that is not part of it: tests that want it are skipped where it is not."""

from pathlib import Path

import pytest

_NEXT_TO_US = [above / "shared" / "data" for above in Path(__file__).parents]


def shared(name: str) -> Path:
    """A file or folder of it."""
    found = next((folder / name for folder in _NEXT_TO_US if (folder / name).exists()), None)
    if found is None:
        pytest.skip(f"{name} is not here")
    return found
