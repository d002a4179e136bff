"""The one JSON object that a bench prints."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def put(result: Mapping[str, Any], where: str) -> None:
    """To the file `where`, or to standard output when that is "-"."""
    text = json.dumps(result, indent=2, ensure_ascii=False) + "\n"
    if where == "-":
        sys.stdout.write(text)
    else:
        Path(where).write_text(text, "utf-8")
