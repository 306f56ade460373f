"""The bytes of files: on disk, written whole before anybody is told that they are there."""

import os
from pathlib import Path

import structlog

log = structlog.get_logger()


class Storage:
    """A folder of files, one folder a workspace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, workspace_id: str, id: str) -> Path:
        """Where the file lies. Spread by the end of the id, whose beginning is the time."""
        return self.root / workspace_id / id[-2:] / id

    def save(self, workspace_id: str, id: str, content: bytes) -> None:
        """Write durably: the bytes reach the disk before the name does."""
        target = self.path(workspace_id, id)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".part")
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.rename(target)

    def touch(self, workspace_id: str, id: str) -> bool:
        """Have what is there be as new, since a row for it is about to come; whether it is there."""
        try:
            os.utime(self.path(workspace_id, id))
        except FileNotFoundError:
            return False
        return True

    def remove(self, workspace_id: str, ids: list[str]) -> list[str]:
        """Delete the bytes of these, also what a broken-off write left of them; those of which nothing is there now."""
        return [id for id in ids if _is_removed(self.path(workspace_id, id))]


def _is_removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
        path.with_suffix(".part").unlink(missing_ok=True)
    except OSError:
        log.exception("a file cannot be deleted", path=str(path))
        return False
    return True
