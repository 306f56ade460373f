"""Files that people send: kept on disk beside the database, served by addresses that cannot be guessed."""

from .models import File, FileState
from .shapes import FileOut

__all__ = ["File", "FileOut", "FileState"]
