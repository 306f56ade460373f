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

    def preview(self, workspace_id: str, id: str) -> Path:
        """Where the small one of a picture lies. Beside the folder of the files: what can be made again is in no backup."""
        return self.root.with_name("previews") / workspace_id / id[-2:] / id

    def save(self, workspace_id: str, id: str, content: bytes) -> None:
        """Write durably: the bytes reach the disk before the name does."""
        self.write(self.path(workspace_id, id), content)

    def write(self, target: Path, content: bytes) -> None:
        """The bytes to this place, whole or not at all."""
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".part")
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        try:
            draft.rename(target)
        except FileNotFoundError:
            if not target.exists():  # else another process wrote the same, and was quicker
                raise

    def touch(self, workspace_id: str, id: str) -> bool:
        """Have what is there be as new, since a row for it is about to come; whether it is there."""
        try:
            os.utime(self.path(workspace_id, id))
        except FileNotFoundError:
            return False
        return True

    def remove(self, workspace_id: str, ids: list[str]) -> list[str]:
        """Delete the bytes of these, also what a broken-off write left of them; those of which nothing is there now."""
        return [
            id for id in ids if _is_removed(self.path(workspace_id, id)) and _is_removed(self.preview(workspace_id, id))
        ]


def _is_removed(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
        path.with_suffix(".part").unlink(missing_ok=True)
    except OSError:
        log.exception("a file cannot be deleted", path=str(path))
        return False
    return True
