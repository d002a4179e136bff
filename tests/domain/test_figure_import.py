"""Figures from a file: what is read, and how a mistake is named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.figure_import import MAX_BYTES, MAX_LINES, BadFile, Cell, Fault, FileFault, Mistake, decode, read
from domain.typed_figures import Metric

DAY = date(2026, 9, 7)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_one_figure_a_line(delimiter: str) -> None:
    text = "page;date;metric;value\nvk-kazan;2026-09-07;members;12400\nvk-kazan;07.09.2026;просмотры;0\n"
    sheet = read(text.replace(";", delimiter))
    assert sheet.mistakes == ()
    assert sheet.cells == (
        Cell(2, "value", "vk-kazan", DAY, Metric.MEMBERS, 12_400),
        Cell(3, "value", "vk-kazan", DAY, Metric.VIEWS, 0),
    )


def test_one_figure_a_line_and_an_empty_cell_is_no_figure_either() -> None:
    sheet = read("page;date;metric;value\nvk;2026-09-07;members;12400\nok;2026-09-07;members;\n")
    assert not sheet.mistakes
    assert [(cell.page, cell.value) for cell in sheet.cells] == [("vk", 12_400)]


def test_one_page_and_day_a_line_and_an_empty_cell_is_no_figure() -> None:
    sheet = read(
        "Страница;Дата;Подписчики;Просмотры\r\nvk-kazan;07.09.2026;12 400;\r\n;;;\r\nok-kazan;2026-09-07;;51,00\r\n"
    )
    assert sheet.mistakes == ()
    assert [(c.line, c.page, c.metric, c.value) for c in sheet.cells] == [
        (2, "vk-kazan", Metric.MEMBERS, 12_400),
        (4, "ok-kazan", Metric.VIEWS, 51),
    ]
    assert sheet.lines == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    text = "страница;дата;участники\nvk-kazan;2026-09-07;12400"
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"x" * (MAX_BYTES + 1), FileFault.LARGE),
        (b"page;date\0;value", FileFault.NOT_TEXT),
        (b"\x89PNG\r\n\x1a\n\0\0\x98", FileFault.NOT_TEXT),
    ],
)
def test_what_is_no_table_is_refused_as_a_whole(data: bytes, fault: FileFault) -> None:
    with pytest.raises(BadFile) as refused:
        decode(data)
    assert refused.value.fault is fault


def test_a_table_of_too_many_lines_is_refused() -> None:
    with pytest.raises(BadFile) as refused:
        read("page;date;members\n" + "\n" * (MAX_LINES + 1))
    assert refused.value.fault is FileFault.LINES


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("", Mistake(0, "", Fault.NO_LINES)),
        ("page;date;members\n", Mistake(0, "", Fault.NO_LINES)),
        ("page;date;охват\na;2026-09-07;1", Mistake(1, "охват", Fault.HEAD_UNKNOWN)),
        ("page;date;members;followers\na;2026-09-07;1;1", Mistake(1, "followers", Fault.HEAD_TWICE)),
        ("page;members\na;1", Mistake(1, "date", Fault.HEAD_LACKS)),
        ("page;date;value\na;2026-09-07;1", Mistake(1, "metric", Fault.HEAD_LACKS)),
        ("page;date;members\na;2026-09-07", Mistake(2, "", Fault.CELLS)),
        ('page;date;members\na;2026-09-07;"1', Mistake(2, "", Fault.BROKEN)),
        ("page;date;members\na;09/07/2026;1", Mistake(2, "date", Fault.DAY_UNREAD, "09/07/2026")),
        ("page;date;members\na;31.02.2026;1", Mistake(2, "date", Fault.DAY_UNREAD, "31.02.2026")),
        ("page;date;metric;value\na;2026-09-07;охват;1", Mistake(2, "metric", Fault.METRIC_UNKNOWN, "охват")),
        ("page;date;members\na;2026-09-07;=1+1", Mistake(2, "members", Fault.VALUE_UNREAD, "=1+1")),
        ("page;date;members\na;2026-09-07;-5", Mistake(2, "members", Fault.VALUE_UNREAD, "-5")),
        ("page;date;members\na;2026-09-07;12,400к", Mistake(2, "members", Fault.VALUE_UNREAD, "12,400к")),
        ("page;date;members\na;2026-09-07;1\na;07.09.2026;2", Mistake(3, "members", Fault.TWICE)),
    ],
)
def test_a_mistake_is_named_by_line_and_column(text: str, mistake: Mistake) -> None:
    assert read(text).mistakes == (mistake,)


@given(st.text(alphabet="page;,\t\"'\n=+-@members2026-09-07date1 к", max_size=200))
def test_any_text_is_figures_or_mistakes(text: str) -> None:
    text = "page;date;members\n" + text
    lines = text.splitlines()
    for cell in read(text).cells:
        assert cell.page in lines[cell.line - 1]
        assert cell.value >= 0
