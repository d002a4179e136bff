"""`python -m texts.check`: is every word a person reads there in Russian, once, whole and acceptable to Telegram?

`python -m texts.check --missing 'handlers/*drafts*'` prints what those files still lack, as po entries to fill in.
"""

import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import PoFileError, normalize

from texts.catalogue import Key, PoFile, forms_of, key_of, po_paths
from texts.extract import Problem, Use, extract
from texts.markup import html_problems, placeholders, tags

ROOT = Path(__file__).parent.parent
LANGUAGES = ("ru",)

Entries = dict[Key, tuple[str, Message]]  # where it stands, what it says


def check(root: Path = ROOT) -> list[Problem]:
    """Everything that is wrong, [] when all is well."""
    uses, problems = extract(root)
    problems += _uses_problems(uses)
    for language in LANGUAGES:
        entries: Entries = {}
        for path in po_paths(language, root / "texts"):
            problems += _load(path, str(path.relative_to(root)), entries)
        problems += _coverage_problems(uses, entries, language)
        problems += _translation_problems(uses, entries, language)
    return problems


def missing(glob: str, root: Path = ROOT, language: str = "ru") -> str:
    """Po entries, empty, for the msgids that files matching `glob` use and no po file has."""
    entries: Entries = {}
    for path in po_paths(language, root / "texts"):
        _load(path, str(path), entries)
    wanted: dict[Key, list[Use]] = {}
    for use in extract(root)[0]:
        if use.key not in entries:
            wanted.setdefault(use.key, []).append(use)
    return "\n".join(
        _blank(uses, get_plural(language).num_plurals)
        for uses in wanted.values()
        if any(fnmatch(use.where.rpartition(":")[0], glob) for use in uses)
    )


def _blank(uses: list[Use], forms: int) -> str:
    first = next((use for use in uses if use.plural is not None), uses[0])
    lines = ["#: " + " ".join(use.where for use in uses)]
    if any(use.plain for use in uses):
        lines.append("#. plain text: a button, toast or alert")
    if first.context is not None:
        lines.append(f"msgctxt {normalize(first.context)}")
    lines.append(f"msgid {normalize(first.msgid)}")
    if first.plural is None:
        lines.append('msgstr ""')
    else:
        lines.append(f"msgid_plural {normalize(first.plural)}")
        lines += [f'msgstr[{form}] ""' for form in range(forms)]
    return "\n".join(lines) + "\n"


def _uses_problems(uses: Iterable[Use]) -> Iterator[Problem]:
    """What is wrong with the English sentences themselves."""
    plurals: dict[Key, str | None] = {}
    for use in uses:
        if plurals.setdefault(use.key, use.plural) != use.plural:
            yield Problem(use.where, f"{use.msgid!r} has another plural elsewhere: give one of them a context")
        for text in filter(None, (use.msgid, use.plural)):
            yield from (Problem(use.where, f"{text!r}: {problem}") for problem in _text_problems(text, use.plain))
        yield from _value_problems(use)


def _text_problems(text: str, plain: bool) -> Iterator[str]:
    try:
        placeholders(text)
    except ValueError as error:
        yield str(error)
    if not plain:
        yield from html_problems(text)
    elif tags(text):
        yield "plain text cannot have tags"


def _value_problems(use: Use) -> Iterator[Problem]:
    if use.values is None:
        return
    try:
        wanted = set(placeholders(use.msgid)) | set(placeholders(use.plural or ""))
    except ValueError:
        return  # said already
    given = use.values | ({"n"} if use.plural is not None else set())
    if lacking := wanted - given:
        yield Problem(use.where, f"{use.msgid!r} is given no {', '.join(sorted(lacking))}")
    if spare := use.values - wanted:
        yield Problem(use.where, f"{use.msgid!r} has no place for {', '.join(sorted(spare))}")


def _load(path: Path, name: str, entries: Entries) -> Iterator[Problem]:
    """Adds a po file to `entries` and says what is wrong with it as a file."""
    try:
        catalog = PoFile(path)
    except (PoFileError, UnicodeDecodeError) as error:
        return iter([Problem(f"{name}:{getattr(error, 'lineno', 0) + 1}", f"cannot be read: {error}")])
    problems = [
        Problem(f"{name}:{twice.lineno}", f"{key_of(twice)[1]!r} stands here twice") for twice in catalog.repeated
    ]
    problems += [Problem(f"{name}:1", f"{str(old)[:60]!r} is commented out: delete it") for old in catalog.obsolete]
    for message in catalog.entries():
        where, key = f"{name}:{message.lineno}", key_of(message)
        if message.fuzzy:
            problems.append(Problem(where, f"{key[1]!r} is marked fuzzy"))
        if key in entries:
            other, theirs = entries[key]
            how = "too" if forms_of(theirs) == forms_of(message) else "with another translation"
            problems.append(Problem(where, f"{key[1]!r} stands in {other} {how}: keep one (texts/ru/common.po?)"))
        else:
            entries[key] = (where, message)
    return iter(problems)


def _coverage_problems(uses: Iterable[Use], entries: Entries, language: str) -> Iterator[Problem]:
    first: dict[Key, Use] = {}
    for use in uses:
        first.setdefault(use.key, use)
    for key, use in first.items():
        if key not in entries:
            yield Problem(use.where, f"{key[1]!r} has no translation into {language!r}")
    for key, (where, _) in entries.items():
        if key not in first:
            yield Problem(where, f"{key[1]!r} is used nowhere: delete it")


def _translation_problems(uses: Iterable[Use], entries: Entries, language: str) -> Iterator[Problem]:
    for key, plain in {(use.key, use.plain): None for use in uses}:
        if key not in entries:
            continue
        where, message = entries[key]
        plural = any(use.plural is not None for use in uses if use.key == key)
        source = message.id if isinstance(message.id, str) else message.id[-1]
        forms = forms_of(message)
        wanted = get_plural(language).num_plurals if plural else 1
        if len(forms) != wanted or isinstance(message.id, str) == plural:
            yield Problem(where, f"{key[1]!r} needs {wanted} translated form(s), all of them filled in")
            continue
        for form in forms:
            yield from (Problem(where, problem) for problem in _form_problems(source, form, plain))


def _form_problems(source: str, form: str, plain: bool) -> Iterator[str]:
    try:
        if set(placeholders(source)) != set(placeholders(form)):
            yield f"{form!r} has other {{placeholders}} than {source!r}"
    except ValueError as error:
        yield f"{form!r}: {error}"
        return
    if tags(source) != tags(form):
        yield f"{form!r} has other tags than {source!r}"
    yield from (f"{form!r}: {problem}" for problem in _text_problems(form, plain))


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] == "--missing":
        sys.stdout.write(missing(arguments[1] if len(arguments) > 1 else "*"))
        return 0
    problems = sorted(set(check()), key=str)
    sys.stdout.writelines(f"{problem}\n" for problem in problems)
    sys.stdout.write(f"texts: {len(problems)} problem(s)\n" if problems else "texts: complete\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
