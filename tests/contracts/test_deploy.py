"""Contracts of the files for deployment: what they copy, type and set exists."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from typer.main import get_command

from bot.cli import app
from bot.config import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
UNIT = (DEPLOY / "headquarters.service").read_text("utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
FILES = {path.name: path.read_text("utf-8") for path in DEPLOY.iterdir()}


def variables(kind: type[BaseModel] = Settings, prefix: str = "HQ_") -> Iterator[str]:
    """Every environment variable that overrides a setting."""
    for name, info in kind.model_fields.items():
        if isinstance(info.default, BaseModel):
            yield from variables(type(info.default), f"{prefix}{name.upper()}__")
        else:
            yield f"{prefix}{name.upper()}"


class Yaml:
    """A reader of the little YAML that compose.yaml is written in: maps and lists by indentation, anchors, merges, JSON in one line."""

    def __init__(self, text: str) -> None:
        bare = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        self._lines = [(len(line) - len(line.lstrip()), line.strip()) for line in bare]
        self._anchors: dict[str, Any] = {}

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self._block(0)
        assert not self._lines, f"not understood: {self._lines[0]}"
        return found

    def _block(self, indent: int) -> Any:
        if self._lines[0][1].startswith("- "):
            return list(self._items(indent))
        found: dict[str, Any] = {}
        while self._lines and self._lines[0][0] == indent:
            key, colon, rest = self._lines.pop(0)[1].partition(":")
            assert colon, key
            assert key not in found, f"twice: {key}"
            found[key] = self._value(rest.strip(), indent)
        return {**found.pop("<<", {}), **found}

    def _items(self, indent: int) -> Iterator[Any]:
        while self._lines and self._lines[0][0] == indent and self._lines[0][1].startswith("- "):
            yield self._scalar(self._lines.pop(0)[1][2:])

    def _value(self, rest: str, indent: int) -> Any:
        if rest.startswith("*"):
            return self._anchors[rest[1:]]
        if rest and not rest.startswith("&"):
            return self._scalar(rest)
        assert self._lines[0][0] > indent
        block = self._block(self._lines[0][0])
        if rest:
            self._anchors[rest[1:]] = block
        return block

    def _scalar(self, text: str) -> Any:
        return json.loads(text) if text[0] in '"[{' else text


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    return dict(Yaml(COMPOSE).read()["services"])


def test_every_path_that_is_copied_exists_and_goes_to_the_builder() -> None:
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    ]
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()

    assert "requirements.lock" in copied
    assert {f"!{name}" for name in copied} == {line for line in ignored if line.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)


def test_every_package_of_the_program_is_copied() -> None:
    """One that is missing would only be missed at run time."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    copied = set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
    installed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]["find"]

    assert copied == packages | {"examples"}, "hq plan new and hq demo read the example"
    assert {name.rstrip("*") for name in installed["include"]} == copied


def test_the_final_image_builds_nothing_and_is_nobodys_root() -> None:
    final = DOCKERFILE.rpartition("\nFROM ")[2]

    assert "pip" not in final
    assert "apt-get" not in final
    assert re.search(r"^USER (?!root|0)", final, re.MULTILINE)
    assert final.index("USER hq") < final.index("ENTRYPOINT")


def test_only_settings_that_exist_are_set() -> None:
    """A misspelt variable is ignored by the program, so nobody would notice."""
    known = {*variables(), "HQ_POSTGRES_PASSWORD", "HQ_DEBUG"}
    for name, text in FILES.items():
        assert set(re.findall(r"HQ_[A-Z0-9_]+", text)) <= known, name


def test_only_commands_and_options_that_exist_are_typed() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]  # a group, since there are several commands
    typed = [json.loads(re.findall(r"^CMD (\[.*\])", DOCKERFILE, re.MULTILINE)[-1])]
    typed += [line.split() for line in re.findall(r"/opt/hq/bin/hq (.+)", UNIT)]

    assert len(typed) >= 3
    for first, *words in typed:
        command = commands[first]
        if hasattr(command, "commands"):  # a group of its own, such as `hq plan`
            command = command.commands[words[0]]
        options = {option for param in command.params for option in param.opts}
        assert {word for word in words if word.startswith("--")} <= options, command.name


def test_compose_offers_one_process_with_sqlite_or_two_with_postgresql(services: dict[str, dict[str, Any]]) -> None:
    by_profile: dict[str, set[str]] = {}
    for name, service in services.items():
        by_profile.setdefault(service["profiles"][0], set()).add(name)

    assert by_profile == {"small": {"hq"}, "large": {"hq-1", "hq-2", "postgres"}}
    assert "HQ_STORAGE__URL" not in services["hq"]["environment"]
    for name in ("hq-1", "hq-2"):
        url = services[name]["environment"]["HQ_STORAGE__URL"].replace("${HQ_POSTGRES_PASSWORD:-}", "secret")
        assert (
            Settings.model_validate({"storage": {"url": url}}).storage.url
            == "postgresql+asyncpg://hq:secret@postgres/hq"
        )
        assert set(services[name]["depends_on"]) == {"postgres"}


def test_compose_keeps_what_must_outlive_a_container_and_gives_no_rights(services: dict[str, dict[str, Any]]) -> None:
    """Media are one folder for both processes, and the ports are this machine's alone."""
    volumes = set(Yaml(COMPOSE).read()["volumes"])
    for name in ("hq", "hq-1", "hq-2"):
        service = services[name]
        assert {"data:/var/lib/hq", "backups:/var/backups/hq"} <= set(service["volumes"])
        assert {volume.partition(":")[0] for volume in service["volumes"]} <= {*volumes, "./etc"}
        assert (service["read_only"], service["cap_drop"]) == ("true", ["ALL"])
        assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    for path in ("/var/lib/hq", "/var/backups/hq"):
        assert f'"{path}"' in re.findall(r"^VOLUME (.*)$", DOCKERFILE, re.MULTILINE)[0]


def test_the_unit_ends_in_time_and_does_not_repeat_a_wrong_configuration() -> None:
    for line in (
        "Restart=on-failure",
        "RestartPreventExitStatus=2",
        "TimeoutStopSec=15",
        "NoNewPrivileges=true",
        "ProtectSystem=strict",
        "User=hq",
    ):
        assert f"\n{line}\n" in UNIT


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    """With a program that exists here in place of ours."""
    unit = tmp_path / "headquarters.service"
    unit.write_text(UNIT.replace("/opt/hq/bin/hq", sys.executable), "utf-8")

    done = subprocess.run(  # noqa: S603 - a command of ours
        [str(shutil.which("systemd-analyze")), "verify", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
