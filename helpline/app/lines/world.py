"""What the workers of lines have in common."""

from collections import defaultdict
from typing import NamedTuple

from helpline.core import Units, new_id
from helpline.core.tokens import Signer
from helpline.files.storage import Storage
from helpline.outside import Outside

from .pace import Pace


class World(NamedTuple):
    """The database, the way out, the disk, and where this install is reached."""

    units: Units
    signer: Signer
    outside: Outside
    storage: Storage
    address: str
    paces: defaultdict[str, Pace]
    """Of each channel."""
    node_id: str = ""
    """Of several nodes, the one that works; a command that works by itself is none."""
    largest: int = 100 * 1024 * 1024
    """Bytes of a file that is fetched."""

    def file_url(self, workspace_id: str, id: str) -> str:
        """The signed address of a file."""
        return f"/files/{workspace_id}/{id}/{self.signer.mark('file', workspace_id, id)}"

    @staticmethod
    def new_file() -> str:
        """The id of a file to come."""
        return new_id()
