"""Contracts of the documents: what they tell people to type exists."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from bot.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = ["README.md", "README.ru.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md"))]
MAKE = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
HQ = set(get_command(app).commands)  # type: ignore[attr-defined]  # a group, since there are several commands


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_name_only_make_targets_and_hq_commands_that_exist(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    typed = "\n".join(inline or block for inline, block in re.findall(r"`([^`\n]+)`|^ {4,}(\S.*)$", text, re.MULTILINE))

    assert set(re.findall(r"^make ([a-z-]+)", typed, re.MULTILINE)) <= MAKE
    assert set(re.findall(r"^(?:\.venv/bin/)?hq ([a-z]+)", typed, re.MULTILINE)) <= HQ


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_inside_the_repository_lead_somewhere(name: str) -> None:
    page = ROOT / name

    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "README.ru.md"])
def test_both_readmes_give_the_two_commands(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")

    assert "    make demo\n" in text
    assert "    make test\n" in text


def test_the_glossary_names_roles_and_entities_by_their_words() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")

    for word in (
        "draft",
        "slot",
        "assignment",
        "norm",
        "silence",
        "notice",
        "due task",
        "expectation",
        "keeper",
        "imprint",
    ):
        assert re.search(rf"^\| {word}", text, re.MULTILINE), word


def test_locks_hold_hashes_and_no_registry_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        pinned = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)
        assert len(pinned) > 30
        assert text.count("--hash=sha256:") >= len(pinned)
        assert "://" not in text
