"""The media folder: every file under the SHA-256 of its content."""

import hashlib
import os
import tempfile
from pathlib import Path


class MediaFolder:
    """A content-addressed folder: `aa/aabbcc…`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, data: bytes) -> str:
        """Store bytes (once); returns their SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        target = self.path(digest)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            # A name of its own: the same picture may be arriving twice at this moment.
            with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as temporary:
                temporary.write(data)
                temporary.flush()
                os.fsync(temporary.fileno())  # its row will be durable
            Path(temporary.name).replace(target)
        return digest

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there and its content is what its name says."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False
