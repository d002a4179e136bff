"""The month pack as a PDF: a page of a phone's width, drawn by typst from plain data. No network, no fonts of the system."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from domain.export_rows import PAGES_SHOWN, NormSum, Pack
from domain.people import EVERYWHERE
from reports import pack_words as say
from reports.tables import View, cells
from texts.best_posts import reason
from texts.names import platform_name
from texts.targets import target_name
from texts.words import Words

TEMPLATE = Path(__file__).parent / "templates" / "pack.typ"
EXCERPT = 160
"""Characters of a post's text."""

NORM_WIDTHS = (2, 0.9, 1.45, 1.35, 1.2, 1, 1.2)
NUMBERED_DAYS = 14
"""Of more days the numbers above the bars would run into each other; the lines tell them."""
IDLE_SHOWN = 3
"""Rows of nothing but noughts; more of them are said in one line."""

Json = dict[str, Any]
Named = tuple[str, NormSum]


def pack_pdf(pack: Pack, view: View) -> bytes:
    """Blocks for a second or two."""
    return _compiled(pack, view, "pdf")[0]


def pack_pictures(pack: Pack, view: View, ppi: float = 144) -> list[bytes]:
    """Each page as a PNG: for looking at."""
    return _compiled(pack, view, "png", ppi)


def fonts() -> Path:
    """DejaVu as matplotlib brings it along: it knows Cyrillic, and may be embedded."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


def _compiled(pack: Pack, view: View, form: Literal["pdf", "png"], ppi: float | None = None) -> list[bytes]:
    import typst

    made: bytes | list[bytes] = typst.compile(
        str(TEMPLATE),
        format=form,
        ppi=ppi,
        font_paths=[str(fonts())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(document(pack, view), ensure_ascii=False)},
        timestamp=pack.made_at.replace(microsecond=0),  # typst takes whole seconds
    )
    return made if isinstance(made, list) else [made]


def document(pack: Pack, view: View) -> Json:
    """What the template draws: nothing in it is markup, so nobody's words can act as any."""
    w = view.words
    head = say.about(pack, view, w)
    return {
        "lang": w.language,
        "title": head[0],
        "lines": head[1:],
        "cards": _cards(pack, w),
        "sections": [
            _norm(pack, view),
            _approvals(pack, view),
            _targets(pack, w),
            _commitments(pack, view),
            _best(pack, w),
            {
                "title": w.plain("What was not measured"),
                "items": [{"text": one} for one in say.unmeasured_lines(pack, w)],
            },
        ],
        "foot": f"{head[0]} · {head[1]}",
    }


def _cards(pack: Pack, w: Words) -> list[Json]:
    """The page in four numbers."""
    promised = pack.summary
    # A goal whose day lies after the period is no failure of it.
    due = [one for one in pack.outlooks if one.target.due <= pack.last]
    targets = due or pack.outlooks
    told = w.plain("targets due by then reached") if due else w.plain("targets reached")
    reached = sum(1 for one in targets if one.reached)
    kept = promised.done_in_time + promised.done_late
    return [
        {"big": say.share(pack.total.kept, w), "small": w.plain("of the norm kept")},
        {"big": say.waiting(pack.waits[0].median, w), "small": w.plain("median wait for approval")},
        _of(reached, len(targets), told, w.plain("no targets are set"), w),
        _of(kept, promised.total, w.plain("commitments kept"), w.plain("no commitments with this date"), w),
    ]


def _of(some: int, total: int, told: str, none: str, w: Words) -> Json:
    """How many of how many; where there are none at all, 0 of 0 would read as a failure."""
    if not total:
        return {"big": "—", "small": none}
    return {"big": w.plain("{n} of {total}", n=w.number(some), total=w.number(total)), "small": told}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Json:
    """`widths`: shares of the line. The first column stands left, the others right."""
    return {"head": list(head), "rows": [list(row) for row in rows], "widths": list(widths)}


# -- sections ----------------------------------------------------------------------------------------------------------


def _norm(pack: Pack, view: View) -> Json:
    w = view.words
    regions = [(_pages_of(one.code, view), one) for one in pack.by_region]
    pages = [(one.title, one) for one in pack.by_page]
    tables, after = [], []
    if len(regions) > 1:
        shown, idle = _without_idle(regions)
        tables.append(_norm_table(w.plain_ctx("column", "Region"), shown, w))
        if idle:
            told = say.idle(idle, w)
            after.append(w.plain("Regions without a single post: {told}", told=told))
    if pages:
        shown, idle = _without_idle(pages)
        tables.append(_norm_table(w.plain_ctx("column", "Page"), shown[:PAGES_SHOWN], w))
        if idle:
            told = say.idle(idle, w)
            after.append(w.plain("Pages without a single post: {told}", told=told))
        if len(shown) > PAGES_SHOWN:
            more = w.number(len(shown) - PAGES_SHOWN)
            after.append(w.plain("The worst pages are shown; {more} more stand in the workbook.", more=more))
    return {
        "title": w.plain("The norm by region and page"),
        "lead": say.norm_line(pack.total, w),
        "note": say.counted_days(pack, w),
        "bars": [
            [_tick(day, pack), wanted, posted, w.number(posted) if len(pack.by_day) <= NUMBERED_DAYS else ""]
            for day, wanted, posted in pack.by_day
        ],
        "bars_scale": [[n, w.number(n)] for n in scale(max((max(one[1:]) for one in pack.by_day), default=0))],
        "bars_legend": [w.plain("wanted"), w.plain("published")],
        "tables": [one for one in tables if one["rows"]],
        "after": after,
    }


def scale(highest: int) -> list[int]:
    """Round numbers for lines behind the bars: the last one is the first that no bar exceeds, with at most four above 0."""
    step = next(n * 10**power for power in range(18) for n in (1, 2, 5) if highest <= 4 * n * 10**power)
    return [step * n for n in range(max(1, -(-highest // step)) + 1)]


def _without_idle(some: Sequence[Named]) -> tuple[list[Named], list[Named]]:
    """Rows worth reading, and those that have not published once, where they are many."""
    idle = [named for named in some if not named[1].posted]
    if len(idle) <= IDLE_SHOWN:
        return list(some), []
    return [named for named in some if named[1].posted], idle


def _norm_table(first: str, rows: Sequence[Named], w: Words) -> Json:
    head = [
        first,
        w.plain_ctx("column", "Wanted"),
        w.plain_ctx("column", "Published"),
        w.plain_ctx("column", "Late"),
        w.plain_ctx("column", "Missed"),
        w.plain_ctx("column", "Unfilled"),
        w.plain_ctx("column", "Kept"),
    ]
    return _table(head, [_norm_row(name, one, w) for name, one in rows], NORM_WIDTHS)


def _tick(day: date, pack: Pack) -> str:
    """Below a bar: the day of the month, with the month where there are several."""
    return f"{day.day}" if (pack.last - pack.first).days <= 31 else f"{day:%d.%m}"


def _pages_of(code: str, view: View) -> str:
    """The campaign's own pages stand beside those of its regions."""
    return view.words.plain("Pages of the whole campaign") if code == EVERYWHERE else view.region(code)


def _norm_row(name: str, one: NormSum, w: Words) -> list[str]:
    counts = (one.slots, one.posted, one.late, one.missed, one.unfilled)
    return [name, *(w.number(count) for count in counts), say.share(one.kept, w)]


def _approvals(pack: Pack, view: View) -> Json:
    w = view.words
    rows = [
        [
            _pages_of(one.code, view) if one.code else w.plain("All together"),
            w.number(one.count),
            say.waiting(one.median, w),
            say.waiting(one.ninetieth, w),
        ]
        for one in pack.waits
        if one.count
    ]
    if len(rows) == 2:  # a single region would say the same again
        rows = rows[:1]
    head = [
        w.plain_ctx("column", "Region"),
        w.plain_ctx("column", "Decisions"),
        w.plain_ctx("column", "Median"),
        w.plain_ctx("column", "9 of 10 within"),
    ]
    return {
        "title": w.plain("Approval times"),
        "note": say.waits_note(pack.waits[0], w),
        "tables": [_table(head, rows, (2.4, 1, 1.4, 1.4))] if rows else [],
    }


def _targets(pack: Pack, w: Words) -> Json:
    rows = [
        [
            target_name(one.target, w),
            say.short_day(one.target.due, w),
            w.number(one.target.value),
            say.nothing(w) if one.fact is None else w.number(one.fact),
            say.share(None if one.fact is None else one.fact / one.target.value, w),
            say.verdict(one, w),
        ]
        for one in pack.outlooks
    ]
    head = [
        w.plain_ctx("column", "Target"),
        w.plain_ctx("column", "Due"),
        w.plain_ctx("column", "Goal"),
        w.plain_ctx("column", "Fact"),
        w.plain_ctx("column", "Share"),
        w.plain_ctx("column", "Stands"),
    ]
    return {
        "title": w.plain("Targets against fact"),
        "note": say.targets_note(pack, w) if rows else w.plain("No targets are set."),
        "tables": [_table(head, rows, (2.6, 1, 1.2, 1.2, 0.9, 1.5))] if rows else [],
        "after": say.targets_rest_on(pack, w),
    }


def _commitments(pack: Pack, view: View) -> Json:
    w = view.words
    items = []
    for row in pack.troubled:
        made = cells(row, view)
        state, why = str(made[6]), row.commitment.reason
        items.append(
            {
                "text": row.commitment.title,
                "sub": " · ".join(
                    part
                    for part in (
                        row.person,
                        view.region(row.commitment.region),
                        w.plain("due {day}", day=w.day(row.commitment.due)),
                        state,
                        why,
                    )
                    if part
                ),
            }
        )
    lead = say.promises(pack.summary, w)
    return {"title": w.plain("Commitments"), "note": lead, "items": items}


def _best(pack: Pack, w: Words) -> Json:
    board = pack.board
    items = []
    for post in board.best if board.enough else ():
        text = " ".join(post.text.split())
        short = text if len(text) <= EXCERPT else text[: EXCERPT - 1].rstrip() + "…"
        given = w.plain("figures by {name}, {day}", name=post.given_by, day=w.day(post.given_at.date()))
        why = str(reason(post, board.age, board.measure, w).unescape())
        place = f"{post.page} · {platform_name(post.platform, w)} · {w.day(post.day)}"
        unsure = "" if post.stands_out else w.plain("inside the usual spread: no proof that it did better")
        items.append(
            {
                "text": w.plain("“{text}”", text=short) if short else post.page,
                "sub": "\n".join(part for part in (place, why, unsure, given) if part),
                "link": post.url if post.url.startswith(("https://", "http://")) else "",
            }
        )
    return {"title": w.plain("Best posts"), "note": say.best_note(board, w), "items": items}
