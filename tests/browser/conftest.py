"""`hq demo` as people start it, one for each language, shared by the stories of a module."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Demo:
    language: str
    url: str


def running(language: str, folder: Path) -> Iterator[Demo]:
    """Between the address it prints and SIGTERM, after which nothing may be left behind."""
    env = {**os.environ, "BROWSER": "true", "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "bot", "demo", "--language", language]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command
        try:
            assert process.stdout is not None
            address = next((found for line in process.stdout if (found := re.search(r"http://[\d.:]+", line))), None)
            assert address is not None, "the demo ended before it was live"
            yield Demo(language, address.group())
            process.terminate()
            assert process.wait(30) == 0
            assert list(folder.iterdir()) == []
        finally:
            process.kill()


@pytest.fixture(scope="module")
def russian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    yield from running("ru", tmp_path_factory.mktemp("demo-ru"))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    yield from running("en", tmp_path_factory.mktemp("demo-en"))


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Where pictures of the page go: HQ_PICTURES, outside the repository."""
    folder = Path(os.environ.get("HQ_PICTURES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
