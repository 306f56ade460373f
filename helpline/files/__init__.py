"""Files that people send: kept on disk beside the database, served by addresses that cannot be guessed."""

from .models import File
from .shapes import FileOut

__all__ = ["File", "FileOut"]
