"""What the catalogue check sees. It runs over the real sources in `make check`; here over small made ones."""

from pathlib import Path

import pytest

from texts.check import check, missing
from texts.extract import Use, extract_from

HEAD = 'msgid ""\nmsgstr "Language: ru\\n"\n\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "handlers").mkdir()
    (tmp_path / "texts" / "ru").mkdir(parents=True)
    return tmp_path


def said(project: Path, source: str, **pos: str) -> list[str]:
    (project / "handlers" / "a.py").write_text(source, "utf-8")
    for name, entries in pos.items():
        (project / "texts" / "ru" / f"{name}.po").write_text(HEAD + entries, "utf-8")
    return [str(problem) for problem in check(project)]


def test_all_forms_of_calls_are_found() -> None:
    source = """
w("A {x}", x=1)
words.n("{n} b", "{n} bs", 3)
self.words.plain("C" if x else "D")
ctx.w.plain_ctx("verb", "E")
T = {1: mark_plain("F")}
w(T[1])  # texts: dynamic
other.plain(name)
"""
    uses = [use for use in extract_from(source, "a.py") if isinstance(use, Use)]
    found = [(use.msgid, use.plural, use.context, use.plain) for use in uses]
    assert found == [
        ("A {x}", None, None, False),
        ("{n} b", "{n} bs", None, False),
        ("C", None, None, True),
        ("D", None, None, True),
        ("E", None, "verb", True),
        ("F", None, None, True),
    ]


def test_complete_translations_are_fine(project: Path) -> None:
    plural = 'msgid "{n} draft"\nmsgid_plural "{n} drafts"\nmsgstr[0] "{n} ч"\nmsgstr[1] "{n} ч"\nmsgstr[2] "{n} ч"\n'
    simple = 'msgid "<b>Hi</b> {x}"\nmsgstr "{x}, <b>привет</b>"\n\n'
    assert said(project, 'w("<b>Hi</b> {x}", x=1)\nw.n("{n} draft", "{n} drafts", 2)\n', a=simple + plural) == []


@pytest.mark.parametrize(
    ("source", "entries", "problem"),
    [
        ('w("A")', "", "handlers/a.py:1: 'A' has no translation"),
        ("", 'msgid "A"\nmsgstr "А"\n', "texts/ru/a.po:4: 'A' is used nowhere"),
        ('w("A")', 'msgid "A"\nmsgstr ""\n', "needs 1 translated form"),
        ('w("A")', '#, fuzzy\nmsgid "A"\nmsgstr "А"\n', "is marked fuzzy"),
        ('w("A")', 'msgid "A"\nmsgstr "А"\n\nmsgid "A"\nmsgstr "Б"\n', "stands here twice"),
        ('w("A")', 'msgid "A"\nmsgstr "А"\n\n#~ msgid "B"\n#~ msgstr "Б"\n', "is commented out"),
        ('w("A {x}", x=1)', 'msgid "A {x}"\nmsgstr "А {y}"\n', "other {placeholders}"),
        ('w("<b>A</b>")', 'msgid "<b>A</b>"\nmsgstr "<i>А</i>"\n', "other tags"),
        ('w("<b>A")', 'msgid "<b>A"\nmsgstr "<b>А"\n', "never closed"),
        ('w("A<br>")', 'msgid "A<br>"\nmsgstr "А<br>"\n', "Telegram knows no <br>"),
        ('w("A & B")', 'msgid "A & B"\nmsgstr "А и Б"\n', "must be written &amp;"),
        ('w.plain("<b>A</b>")', 'msgid "<b>A</b>"\nmsgstr "<b>А</b>"\n', "plain text cannot have tags"),
        ("w(name)", "", "must be written out"),
        ('w(f"A {x}")', "", "must be written out"),
        ('w("A {x}")', 'msgid "A {x}"\nmsgstr "А {x}"\n', "is given no x"),
        ('w("A", x=1)', 'msgid "A"\nmsgstr "А"\n', "has no place for x"),
        ('w("A {x:,}", x=1)', 'msgid "A {x:,}"\nmsgstr "А {x:,}"\n', "only a plain {name}"),
        (
            'w.n("{n} a", "{n} b", 1)',
            'msgid "{n} a"\nmsgid_plural "{n} b"\nmsgstr[0] "{n}"\nmsgstr[1] "{n}"\nmsgstr[2] ""\n',
            "needs 3 translated form",
        ),
    ],
)
def test_every_flaw_is_named(project: Path, source: str, entries: str, problem: str) -> None:
    assert any(problem in line for line in said(project, source, a=entries))


def test_one_msgid_belongs_to_one_file(project: Path) -> None:
    problems = said(project, 'w("A")', a='msgid "A"\nmsgstr "А"\n', b='msgid "A"\nmsgstr "Б"\n')
    assert problems == [
        "texts/ru/b.po:4: 'A' stands in texts/ru/a.po:4 with another translation: keep one (texts/ru/common.po?)"
    ]


def test_missing_entries_come_ready_to_fill_in(project: Path) -> None:
    said(project, 'w.plain("A")\nw.n("{n} b", "{n} bs", 1)\n')
    assert missing("handlers/*", project) == (
        '#: handlers/a.py:1\n#. plain text: a button, toast or alert\nmsgid "A"\nmsgstr ""\n\n'
        '#: handlers/a.py:2\nmsgid "{n} b"\nmsgid_plural "{n} bs"\nmsgstr[0] ""\nmsgstr[1] ""\nmsgstr[2] ""\n'
    )
    assert missing("web/*", project) == ""
