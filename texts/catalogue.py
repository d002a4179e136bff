"""Translations from texts/<language>/<feature>.po, merged at first use. English is the source and needs none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileParser

HERE = Path(__file__).parent
Key = tuple[str | None, str]  # context, msgid (of a plural: its singular)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Translated forms by key; what is missing falls back to the English source."""

    forms: Mapping[Key, tuple[str, ...]]
    form_for: Callable[[int], int]

    def one(self, context: str | None, msgid: str) -> str:
        found = self.forms.get((context, msgid))
        return found[0] if found else msgid

    def many(self, context: str | None, singular: str, plural: str, n: int) -> str:
        found = self.forms.get((context, singular))
        if found is None:
            return singular if n == 1 else plural
        return found[min(self.form_for(abs(n)), len(found) - 1)]


class PoFile(Catalog):
    """A catalogue that also remembers entries written twice: Babel would silently keep the last."""

    def __init__(self, path: Path) -> None:
        super().__init__(locale=path.parent.name, charset="utf-8")
        self.path = path
        self.repeated: list[Message] = []
        parser = PoFileParser(self, ignore_obsolete=False, abort_invalid=True)
        parser.parse(BytesIO(path.read_bytes()))

    def __setitem__(self, id: str | tuple[str, ...] | list[str], message: Message) -> None:  # noqa: A002  Babel's name
        if message.id and self.get(message.id, message.context) is not None:
            self.repeated.append(message)
        super().__setitem__(id, message)

    def entries(self) -> list[Message]:
        return [message for message in self if message.id]


def key_of(message: Message) -> Key:
    return (message.context, message.id if isinstance(message.id, str) else message.id[0])


def forms_of(message: Message) -> tuple[str, ...]:
    """The translated strings of an entry, () when any of them is empty."""
    text = message.string
    forms = (text,) if isinstance(text, str) else tuple(text or ())
    return forms if all(forms) else ()


def po_paths(language: str, root: Path = HERE) -> list[Path]:
    return sorted((root / language).glob("*.po"))


@cache
def russian() -> Catalogue:
    forms: dict[Key, tuple[str, ...]] = {}
    for path in po_paths("ru"):
        for message in PoFile(path).entries():
            if not message.fuzzy and (found := forms_of(message)):
                forms.setdefault(key_of(message), found)
    return Catalogue(forms, c2py(get_plural("ru").plural_expr))


def english() -> Catalogue:
    return Catalogue({}, lambda n: int(n != 1))
