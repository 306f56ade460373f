"""What happens to files."""

from dataclasses import dataclass

from helpline.core import Fact


@dataclass(frozen=True, kw_only=True)
class FileUploaded(Fact):
    """A file was taken in, to be sent with a message."""

    file_id: str
    name: str
    size: int

    @property
    def subject(self) -> str:
        return self.file_id


@dataclass(frozen=True, kw_only=True)
class FilesDiscarded(Fact):
    """Uploads that nobody sent were thrown away: after a day, or because the disk did not take them."""

    file_ids: list[str]
