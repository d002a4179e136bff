"""The file of imprint rules: TOML in, a reviewed pack out. Every mistake is named by its key before anything is changed."""

import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.config import ConfigError, first_problem
from domain.imprints import ImprintRule, Pack, Reworded, find_tie
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE
from domain.platforms import Platform


class PackError(ConfigError):
    """The rules cannot be loaded; one line with the key and the reason."""


def _line(text: str) -> str:
    if text != text.strip() or len(text.splitlines()) != 1:
        raise ValueError("must be one line without spaces around it")
    return text


Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=64)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Line = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_line)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RuleEntry(_Entry):
    id: Key
    line: Line
    valid_from: date
    expires: date | None = None
    page: str = ""
    kind: PageKind | None = None
    platform: Platform | None = None
    region: str = ""
    reworded: Reworded = Reworded.FIXED

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.expires is not None and self.expires < self.valid_from:
            raise ValueError("expires must not come before valid_from")
        return self


class PackFile(_Entry):
    """The whole file; see `examples/imprints.toml`."""

    pack: Key
    reviewer: Title
    role: Title
    source: Annotated[str, Field(min_length=1, max_length=1000)]
    reviewed_on: date
    rules: tuple[RuleEntry, ...] = Field(min_length=1)


def parse_pack(text: str) -> tuple[Pack, dict[str, ImprintRule]]:
    """The pack in a TOML text, and its rules by id."""
    try:
        file = PackFile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"not TOML: {error}") from None
    except ValidationError as error:
        raise PackError(first_problem(error)) from None
    for key, times in Counter(rule.id for rule in file.rules).items():
        if times > 1:
            raise PackError(f"rules: {key!r} stands there {times} times")
    rules = [ImprintRule(**{name: getattr(rule, name) for name in RuleEntry.model_fields}) for rule in file.rules]
    pack = Pack(file.pack, file.reviewer, file.role, file.source, file.reviewed_on)
    return pack, {rule.id: rule for rule in rules}


def read_pack(plan: Path, name: str) -> str:
    """The text of the file that a plan names, beside the plan."""
    try:
        return read_utf8(plan.parent / name)
    except PackError as error:
        raise PackError(f"{plan}: imprints: {error}") from None


def read_utf8(path: Path) -> str:
    """The text at `path`; `PackError`."""
    try:
        return path.read_text("utf-8-sig")  # some editors begin a file with a byte order mark
    except OSError as error:
        why = "no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise PackError(f"{path}: {why}") from None
    except UnicodeDecodeError:
        raise PackError(f"{path}: not UTF-8 text: save it as UTF-8") from None


def ensure_fits(rules: Iterable[ImprintRule], pages: Iterable[Page], regions: Iterable[str]) -> None:
    """Rules name pages and regions that there are, and no page gets its line from two of them at once."""
    known, codes, places = list(rules), {page.code: page for page in pages}, {EVERYWHERE, *regions}
    for number, rule in enumerate(known, 1):
        if rule.page and rule.page not in codes:
            raise PackError(f"rules[{number}].page: no page {rule.page!r} in this plan")
        if rule.region and rule.region not in places:
            raise PackError(f"rules[{number}].region: no region {rule.region!r} in this plan")
    tie = find_tie(known, codes.values())
    if tie is None:
        return
    if not tie.first:
        raise PackError(
            f"rules: page {tie.page!r} has an imprint of its own and is named by rule {tie.second!r}: keep one"
        )
    raise PackError(
        f"rules: {tie.first!r} and {tie.second!r} both give page {tie.page!r} its line on the same days, "
        "and neither is more specific"
    )
