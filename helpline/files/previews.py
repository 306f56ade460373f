"""Small pictures, made when somebody first asks for one and kept beside the files. If they are deleted, they are made again."""

import asyncio
from pathlib import Path

from . import pictures
from .storage import Storage


class Previews:
    """Makes one at a time, so that many large pictures take no more memory than one."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._one = asyncio.Semaphore(1)

    async def of(self, workspace_id: str, id: str) -> Path | None:
        """Where it lies; nothing where none can be made."""
        place = self._storage.preview(workspace_id, id)
        if await asyncio.to_thread(place.is_file):
            return place
        async with self._one:
            return place if await asyncio.to_thread(self._is_made, workspace_id, id) else None

    def _is_made(self, workspace_id: str, id: str) -> bool:
        place = self._storage.preview(workspace_id, id)
        if place.is_file():
            return True
        made = pictures.small(self._storage.path(workspace_id, id))
        if made is None:
            return False
        self._storage.write(place, made)
        return True
