"""What lies in an exported file, read back without a spreadsheet: formulas impossible, numbers numbers, CSV for Russian Excel."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.best_posts import BestPost, Board, PostAge, PostMeasure, Spread
from domain.commitments import Commitment, CommitmentState, CommitmentSummary
from domain.drafts import Reason, Verdict
from domain.export_rows import (
    ApprovalRow,
    CommitmentRow,
    FigureRow,
    NormRow,
    NormSum,
    Pack,
    PersonRow,
    PostRow,
    Unmeasured,
    waits,
)
from domain.exports import ExportSubject, Span
from domain.figures import FigureSource, FigureState
from domain.people import Membership, Role
from domain.plan import SlotState
from domain.platforms import Platform
from domain.targets import Campaign, Outlook, Target
from domain.typed_figures import Metric
from domain.usecases.export_packs import Extent
from reports import pack as packs
from reports.csv_files import write_csv, write_zip
from reports.tables import Kind, View, cells, columns
from reports.workbook import LINE_LENGTH, Rows, write_workbook
from texts.words import words_for

NOW = datetime(2026, 10, 3, 9, 0, 0, 123_456, tzinfo=UTC)  # clocks have microseconds
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)
CAMPAIGN = Campaign("=Проба & <b>Ко</b>", FIRST, LAST, date(2026, 10, 31), "Europe/Moscow")
OF = Extent(CAMPAIGN, Span("m1", FIRST, LAST), frozenset("*"), {"kazan": "Казань"}, date(2026, 10, 3), NOW)
EVIL = '=HYPERLINK("http://x";"да")'
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TARGET = Target("m", "Members", "Участники", Metric.MEMBERS, (Platform.VK,), ("group",), 500, LAST)
OUTLOOK = Outlook(TARGET, LAST, 3, 1, 250, FIRST, 480, 4.0, None, None)


def view(language: str = "ru") -> View:
    return View(words_for(language), OF, {"news": "Новости"})


def promise(title: str = "Ключи", **changed: object) -> CommitmentRow:
    made = Commitment(
        1, title, "kazan", "", 5, 6, CommitmentState.OPEN, date(2026, 9, 20), date(2026, 9, 18), "", "", None, NOW, 1
    )
    return CommitmentRow(replace(made, **changed), "Анна")  # type: ignore[arg-type]  # the fields of a commitment


def rows(text: str) -> dict[ExportSubject, Sequence[object]]:
    """One row of each table, with somebody's words wherever people can put some."""
    at = datetime(2026, 9, 7, 6, tzinfo=UTC)
    return {
        ExportSubject.NORM: [NormRow(FIRST, "vk", text, "kazan", Platform.VK, 2, 2, 1, 0, 1, 0)],
        ExportSubject.POSTS: [
            PostRow(
                7, FIRST, "vk", text, text, Platform.VK, "Asia/Omsk", at, SlotState.POSTED, None, at, text, True, text,
                text, {Metric.VIEWS: 1234}, at,
            )
        ],
        ExportSubject.FIGURES: [
            FigureRow(
                1, "vk", text, "kazan", None, Metric.MEMBERS, 12_400, FIRST, FigureState.CONFIRMED, FigureSource.TYPED,
                text, text, at,
            )
        ],
        ExportSubject.APPROVALS: [
            ApprovalRow(1, 3, 1, "kazan", text, text, Verdict.RETURN, Reason.FACTS, at - timedelta(minutes=90), at)
        ],
        ExportSubject.TARGETS: [replace(OUTLOOK, target=replace(TARGET, title=text, title_ru=text))],
        ExportSubject.COMMITMENTS: [promise(text, reason=text, proof=text)],
        ExportSubject.PEOPLE: [PersonRow(1, text, (Membership(Role.VOLUNTEER, "kazan"),), 5, 1, 0)],
    }  # fmt: skip


def source(found: Mapping[ExportSubject, Sequence[object]]) -> Rows:
    async def portions(subject: ExportSubject) -> AsyncIterator[Sequence[object]]:
        yield found[subject]

    return portions


def a_pack(**changed: object) -> Pack:
    total = NormSum("", "", "", 10, 7, 1, 2, 1)
    board = Board(PostAge.DAY, PostMeasure.VIEWS, FIRST, LAST, 8, 2, 2)
    made = Pack(
        CAMPAIGN, "m1", FIRST, LAST, (FIRST, LAST), (), NOW, total, (replace(total, code="kazan", region="kazan"),),
        (replace(total, code="vk", title=EVIL, region="kazan"),), ((FIRST, 4, 3), (LAST, 6, 5)),
        (waits("", "", [10, 30], 1), waits("kazan", "", [10, 30], 1)), (OUTLOOK,), LAST,
        CommitmentSummary(1, 0, 0, 1, 0, 1), (promise(EVIL),), board, Unmeasured(3, ("Телеграм",), 8, 2, 1, 1, 0),
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]  # the fields of a pack


async def workbook(folder: Path, text: str, language: str = "ru") -> zipfile.ZipFile:
    path = folder / "made.xlsx"
    await write_workbook(path, list(ExportSubject), source(rows(text)), a_pack(), view(language))
    return zipfile.ZipFile(path)


def sheets(book: zipfile.ZipFile) -> list[ET.Element]:
    names = sorted(name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
    return [ET.fromstring(book.read(name)) for name in names]  # noqa: S314 - our own file


def texts_of(sheet: ET.Element) -> list[str]:
    return ["".join(one.itertext()) for one in sheet.iter(f"{SHEET}is")]


# -- the workbook ------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(text=st.text(alphabet=st.one_of(st.sampled_from("=+-@\t\r\0\n '1"), st.characters()), max_size=12))
async def test_whatever_people_write_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    with TemporaryDirectory() as folder, await workbook(Path(folder), text) as book:
        for sheet in sheets(book):
            assert not list(sheet.iter(f"{SHEET}f")), "a formula"
            for cell in texts_of(sheet):
                assert cell.lstrip()[:1] not in set("=+-@\t\r\0")
        assert not [name for name in book.namelist() if "externalLink" in name or "vbaProject" in name]


async def test_numbers_dates_and_shares_of_a_workbook_are_numbers(tmp_path: Path) -> None:
    with await workbook(tmp_path, "Анна") as book:
        norm = sheets(book)[1]
    second = next(row for row in norm.iter(f"{SHEET}row") if row.get("r") == "2")
    kinds = {cell.get("r"): (cell.get("t"), (cell.find(f"{SHEET}v"))) for cell in second}
    assert kinds["B2"][0] == "inlineStr"
    numbers = {name: value.text for name, (kind, value) in kinds.items() if kind is None and value is not None}
    assert numbers == {
        "A2": "46266", "E2": "2", "F2": "2", "G2": "1", "H2": "0", "I2": "1", "J2": "0", "K2": "0.5",
    }  # fmt: skip


async def test_every_sheet_has_a_frozen_header_and_filters_and_there_is_one_chart(tmp_path: Path) -> None:
    with await workbook(tmp_path, "Анна", "en") as book:
        made = sheets(book)
        charts = [name for name in book.namelist() if name.startswith("xl/charts/chart")]
        titles = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        drawn = book.read(charts[0]).decode()
    assert len(charts) == 1
    assert re.findall(r"<c:v>([^<]+)</c:v>", drawn) == [
        "Posts wanted", "46266", "46295", "4", "6", "Published", "46266", "46295", "3", "5",
    ], "a preview without the cells shows it too"  # fmt: skip
    assert titles == [
        "Summary", "Norm by day", "Posts", "Figures", "Approvals", "Targets", "Commitments", "People",
    ]  # fmt: skip
    for sheet in made[1:]:
        pane = sheet.find(f".//{SHEET}pane")
        assert pane is not None
        assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
        assert sheet.find(f"{SHEET}autoFilter") is not None


async def test_the_summary_says_what_was_not_measured(tmp_path: Path) -> None:
    with await workbook(tmp_path, "Анна") as book:
        told = texts_of(sheets(book)[0])
    assert told[0] == "'=Проба & <b>Ко</b>"
    assert "Без цифр по странице за это время: 1 из 3 (Телеграм)" in told
    assert "Без цифр: 2 из 8 опубликованных постов" in told


async def test_the_summary_is_printed_on_one_page_wide_with_its_long_lines_broken(tmp_path: Path) -> None:
    with await workbook(tmp_path, "Анна") as book:
        summary = sheets(book)[0]
    setup = summary.find(f"{SHEET}pageSetup")
    assert setup is not None
    assert (setup.get("orientation"), setup.get("fitToHeight")) == ("landscape", "0")
    told = texts_of(summary)
    long = [at for at, text in enumerate(told, start=1) if len(text) > LINE_LENGTH]
    merged = [one.get("ref") for one in summary.iter(f"{SHEET}mergeCell")]
    assert long
    assert merged == [f"A{at}:L{at}" for at in long]


# -- CSV ---------------------------------------------------------------------------------------------------------------


async def test_csv_opens_right_in_russian_excel(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    await write_csv(path, ExportSubject.APPROVALS, source(rows(EVIL)), view(), comma=True)
    raw = path.read_bytes()
    assert raw.startswith("\ufeffЧерновик;Версия;Регион".encode())
    assert raw.count(b"\r\n") == 2
    line = raw.decode("utf-8-sig").splitlines()[1]
    assert line.endswith(";07.09.2026 07:30;07.09.2026 09:00;1,5")
    read = next(csv.reader([line], delimiter=";"))
    assert read[3] == f"'{EVIL}"


async def test_decimal_points_and_a_table_per_file_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "made.zip"
    await write_zip(path, list(ExportSubject), source(rows("Анна; «Вера»\nи другие")), view("en"), comma=False)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [f"{subject}.csv" for subject in ExportSubject]
        approvals = archive.read("approvals.csv").decode("utf-8-sig")
        posts = archive.read("posts.csv").decode("utf-8-sig")
    assert approvals.rstrip().endswith("2026-09-07 07:30;2026-09-07 09:00;1.5")
    table = list(csv.reader(io.StringIO(posts, newline=""), delimiter=";"))
    assert len(table) == 2, "a line break inside a cell begins no row"
    assert table[1][9] == "Анна; «Вера»\nи другие"
    assert table[1][5] == "2026-09-07 12:00", "on the clock of a page in Omsk"


async def test_no_data_is_empty_and_never_nought(tmp_path: Path) -> None:
    path = tmp_path / "made.csv"
    nothing = {ExportSubject.TARGETS: [replace(OUTLOOK, fact=None, planned=None, oldest=None)]}
    await write_csv(path, ExportSubject.TARGETS, source(nothing), view(), comma=True)
    line = path.read_text("utf-8-sig").splitlines()[1]
    assert line == "Участники;30.09.2026;500;;;;;4,0;;;3;1;;30.09.2026"


def test_every_row_has_a_cell_for_each_column_in_both_languages() -> None:
    for language in ("ru", "en"):
        for subject, some in rows("Анна").items():
            shown = columns(subject, words_for(language))
            made = cells(some[0], view(language))
            assert len(made) == len(shown), subject
            for column, cell in zip(shown, made, strict=True):
                text = isinstance(cell, str)
                assert cell is None or text == (column.kind is Kind.TEXT), (subject, column.title)


async def test_a_table_that_is_cut_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.csv_files.MOST_ROWS", 2)
    monkeypatch.setattr("reports.workbook.MOST_ROWS", 2)
    many = {ExportSubject.PEOPLE: [*rows("Анна")[ExportSubject.PEOPLE], *rows("Вера")[ExportSubject.PEOPLE]] * 2}
    await write_csv(tmp_path / "made.csv", ExportSubject.PEOPLE, source(many), view("en"), comma=True)
    lines = (tmp_path / "made.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert lines[-1] == "Only the first 2 rows fit"
    await write_workbook(tmp_path / "made.xlsx", [ExportSubject.PEOPLE], source(many), a_pack(), view("en"))
    with zipfile.ZipFile(tmp_path / "made.xlsx") as book:
        summary, people = sheets(book)
    assert "People: Only the first 2 rows fit" in texts_of(summary)
    assert len(list(people.iter(f"{SHEET}row"))) == 3


# -- the month pack ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("highest", "lines"),
    [(0, [0, 1]), (1, [0, 1]), (5, [0, 2, 4, 6]), (60, [0, 20, 40, 60]), (2_001, [0, 1_000, 2_000, 3_000])],
)
def test_the_lines_behind_the_bars_are_round_and_no_bar_is_higher(highest: int, lines: list[int]) -> None:
    assert packs.scale(highest) == lines


def test_the_bars_of_a_pack_have_numbers() -> None:
    day = date(2026, 9, 1)
    for count, numbered in ((7, True), (30, False)):
        days = tuple((day + timedelta(days=n), 60, 50 + n % 3) for n in range(count))
        norm = packs.document(a_pack(by_day=days), view())["sections"][0]
        assert norm["bars_scale"][-1] == [60, "60"]
        assert [bar[3] for bar in norm["bars"]] == [str(posted) if numbered else "" for _, _, posted in days]


def test_goals_of_later_days_are_no_failure_of_the_period() -> None:
    met = replace(OUTLOOK, target=replace(TARGET, due=LAST), fact=TARGET.value)
    later = replace(OUTLOOK, target=replace(TARGET, due=LAST + timedelta(days=31)), fact=1)
    card = packs.document(a_pack(outlooks=(met, later)), view("en"))["cards"][2]
    assert (card["big"], card["small"]) == ("1 of 1", "targets due by then reached")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_pack_embeds_its_own_font_and_nothing_else(language: str) -> None:
    made = packs.pack_pdf(a_pack(), view(language))
    assert made.startswith(b"%PDF-")
    streams = [_unpacked(one) for one in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)]
    everything = made + b"".join(streams)
    fonts = {name.split(b"+")[1] for name in re.findall(rb"/FontName/(\w+\+[\w-]+)", everything)}
    assert fonts == {b"DejaVuSans", b"DejaVuSans-Bold"}
    written = {int(code, 16) for code in re.findall(rb"> <([0-9A-F]{4})>", everything)}
    assert {ord(letter) for letter in "Телграм"} <= written, "the title of a page stands there in Cyrillic"


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_the_font_knows_every_letter_of_the_catalogues() -> None:
    from matplotlib.ft2font import FT2Font

    known = FT2Font(str(packs.fonts() / "DejaVuSans.ttf")).get_charmap()
    letters = {chr(code) for code in range(ord("А"), ord("я") + 1)} | set("Ёё«»–—№…±“”’ \u00a0\u202f−·•×")
    assert {letter for letter in letters if ord(letter) not in known} == set()


def test_a_pack_says_what_is_not_known_instead_of_nought() -> None:
    empty = a_pack(
        total=NormSum("", "", ""),
        days=(FIRST, FIRST - timedelta(days=1)),
        by_region=(),
        by_page=(),
        by_day=(),
        waits=(waits("", "", [], 0),),
        outlooks=(replace(OUTLOOK, fact=None),),
        summary=CommitmentSummary(),
        troubled=(),
    )
    told = packs.document(empty, view("en"))
    assert [card["big"] for card in told["cards"]] == ["no data", "no data", "0 of 1", "—"]
    assert told["cards"][3]["small"] == "no commitments with this date"
    sections = {one["title"]: one for one in told["sections"]}
    assert sections["The norm by region and page"]["note"] == "No day of the period is over yet."
    assert sections["Targets against fact"]["tables"][0]["rows"] == [
        ["Members", "30 Sept", "500", "no data", "no data", "no data"]
    ]
    assert sections["Commitments"]["note"] == "No commitments fell due in this time."
    assert packs.pack_pdf(empty, view("en")).startswith(b"%PDF-")


def test_a_targets_fact_says_what_it_rests_on() -> None:
    later = replace(OUTLOOK, target=replace(TARGET, value=900, due=date(2026, 10, 31)))
    full = replace(OUTLOOK, target=replace(TARGET, title="Readers"), silent=0)
    told = packs.document(a_pack(outlooks=(OUTLOOK, later, full, replace(full, fact=None))), view("en"))
    targets = next(one for one in told["sections"] if one["title"] == "Targets against fact")
    assert targets["after"] == [
        "Members: no data from 1 of 3 pages, the oldest figure is of Tue 1 Sept",
        "Readers: figures of all pages (3), the oldest is of Tue 1 Sept",
    ]


def test_pages_that_never_posted_are_one_line_and_empty_slots_are_named() -> None:
    idle = tuple(NormSum(f"p{n}", f"Page {n}", "kazan", slots=4, missed=1) for n in range(4))
    one = NormSum("vk", "VK", "kazan", slots=4, on_time=2, missed=1)
    running = a_pack(by_page=(*idle, one), asof=FIRST + timedelta(days=7), total=NormSum("", "", "", 20, 2, 0, 5))
    told = packs.document(running, view("en"))
    norm = told["sections"][0]
    assert told["lines"][0].endswith("(so far 7 of 30 days are over)")
    assert "missed 5, without a text or a person 13, excused 0" in norm["lead"]
    assert norm["tables"][-1]["rows"] == [["VK", "4", "2", "0", "1", "1", "50%"]]
    assert norm["after"] == ["Pages without a single post: 4 (Page 0, Page 1, Page 2, Page 3), posts wanted of them 16"]
    few = packs.document(a_pack(by_page=(*idle[:3], one)), view("en"))["sections"][0]
    assert len(few["tables"][-1]["rows"]) == 4, "few of them stand in the table"


def test_a_post_is_called_best_only_with_a_reason_its_source_and_honest_doubt() -> None:
    post = BestPost(
        1, "VK Казань", Platform.VK, "kazan", FIRST, "", "Открыли  площадку\nво дворе", "https://vk.com/wall-1_2", 1200,
        400, 23, 3.0, NOW, "Анна", FigureSource.TYPED, 5, stands_out=False,
    )  # fmt: skip
    board = Board(
        PostAge.DAY, PostMeasure.VIEWS, FIRST, LAST, 30, 25, 23, (post, replace(post, url="javascript:x", stands_out=True)),
        Spread(23, 0.8, 1.0, 1.3),
    )  # fmt: skip
    best = next(
        one for one in packs.document(a_pack(board=board), view())["sections"] if one["title"] == "Лучшие посты"
    )
    first, second = best["items"]
    assert first["text"] == "«Открыли площадку во дворе»"
    assert "цифры внесены: Анна" in first["sub"]
    assert "в пределах обычного разброса" in first["sub"]
    assert "в пределах обычного разброса" not in second["sub"]
    assert (first["link"], second["link"]) == ("https://vk.com/wall-1_2", "")
    assert packs.pack_pdf(a_pack(board=board), view()).startswith(b"%PDF-")
