"""The sentences of a month pack and of a workbook's summary. Plain text: what draws them escapes nothing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_date

from domain.best_posts import Board
from domain.commitments import CommitmentSummary
from domain.export_rows import NAMES_SHOWN, NormSum, Pack, Unmeasured, Waits
from domain.exports import Span
from domain.targets import Outlook
from reports.tables import View
from texts.exports import span_name
from texts.targets import target_name
from texts.words import Words


def nothing(w: Words) -> str:
    """In the place of a number that nobody knows."""
    return w.plain("no data")


def period(pack: Pack, w: Words) -> str:
    """Month 1: 1 September 2026 – 30 September 2026."""
    name = span_name(Span(pack.span, pack.first, pack.last), w)
    told = f"{name}: {w.full_day(pack.first)} – {w.full_day(pack.last)}"
    if pack.asof >= pack.last:
        return told
    over, all_ = (pack.asof - pack.first).days, (pack.last - pack.first).days + 1
    return told + " " + w.plain("(so far {n} of {total} days are over)", n=w.number(over), total=w.number(all_))


def about(pack: Pack, view: View, w: Words) -> list[str]:
    """What it is about and when it was made."""
    zone = w.zone_name(view.zone, pack.made_at)
    made = w.plain(
        "Made {day} at {time} ({zone})",
        day=w.full_day(view.of.today),
        time=w.time(pack.made_at, view.zone),
        zone=zone,
    )
    where = w.list(pack.regions) if pack.regions else w.plain("the whole campaign")
    return [pack.campaign.name, period(pack, w), w.plain("Covers: {where}", where=where), made]


def share(value: float | None, w: Words) -> str:
    return nothing(w) if value is None else w.percent(value)


def norm_line(one: NormSum, w: Words) -> str:
    """The norm over the whole days of the period."""
    if one.kept is None:
        return w.plain("Norm: no posts were planned on days that are over")
    return w.plain(
        "Norm kept: {share} ({posted} of {slots} posts; late {late}, missed {missed}, without a text or a person {unfilled}, "
        "excused {excused})",
        share=w.percent(one.kept),
        posted=w.number(one.posted),
        slots=w.number(one.slots),
        late=w.number(one.late),
        missed=w.number(one.missed),
        unfilled=w.number(one.unfilled),
        excused=w.number(one.excused),
    )


def idle(some: Sequence[tuple[str, NormSum]], w: Words) -> str:
    """Those that have not published once, with what was wanted of them: with the table above it is the whole."""
    return w.plain(
        "{n} ({names}), posts wanted of them {wanted}",
        n=w.number(len(some)),
        names=names([name for name, _ in some], w),
        wanted=w.number(sum(one.slots for _, one in some)),
    )


def counted_days(pack: Pack, w: Words) -> str:
    first, last = pack.days
    if last < first:
        return w.plain("No day of the period is over yet.")
    return w.plain(
        "Counted on the pages' own days from {first} to {last}; a post is proven by its link or a screenshot. "
        "Excused ones count neither as wanted nor as missed.",
        first=w.day(first),
        last=w.day(last),
    )


def short_day(day: date, w: Words) -> str:
    """30 Sep: for narrow columns."""
    told: Any = format_date(day, "d MMM", locale=w.locale)
    return str(told)


def waiting(one: timedelta | None, w: Words) -> str:
    return nothing(w) if one is None else w.ago(one)


def waits_note(total: Waits, w: Words) -> str:
    if not total.count:
        return w.plain("Nothing was decided in this time.")
    return w.plain(
        "From handing in to the decision, by the journal; nights and days off are not taken off. "
        "“9 of 10” is said from ten decisions on."
    )


def verdict(one: Outlook, w: Words) -> str:
    """How a target stood on the last day of the period."""
    if one.fact is None:
        return nothing(w)
    if one.reached:
        return w.plain("reached")
    if one.reached_late:
        return w.plain("reached late")
    if one.today >= one.target.due:
        return w.plain("not reached")
    return w.plain("behind the path") if one.behind else w.plain("on the path")


def targets_note(pack: Pack, w: Words) -> str:
    return w.plain(
        "As of {day}. The fact is the sum of each page's newest figure, as people typed or imported it; "
        "the path is a straight line from the first figures to the goal.",
        day=w.day(pack.asof),
    )


def targets_rest_on(pack: Pack, w: Words) -> list[str]:
    """Of each target with a figure: how many of its pages have none, and how old the oldest is; those alike in one line."""
    told = []
    for one in pack.outlooks:
        if one.fact is None or one.oldest is None:
            continue
        facts = {"target": target_name(one.target, w), "day": w.day(one.oldest), "pages": w.number(one.pages)}
        if one.silent:
            line = w.plain(
                "{target}: no data from {n} of {pages} pages, the oldest figure is of {day}",
                n=w.number(one.silent),
                **facts,
            )
        else:
            line = w.plain("{target}: figures of all pages ({pages}), the oldest is of {day}", **facts)
        told.append(line)
    return list(dict.fromkeys(told))


def promises(one: CommitmentSummary, w: Words) -> str:
    if not one.total:
        return w.plain("No commitments fell due in this time.")
    return w.plain(
        "{total} fell due: kept in time {done}, kept late {late_done}, overdue {late}, running {open}, given up {dropped}. "
        "Moved to a later day at least once: {moved}.",
        total=w.number(one.total),
        done=w.number(one.done_in_time),
        late_done=w.number(one.done_late),
        late=w.number(one.late),
        open=w.number(one.open),
        dropped=w.number(one.dropped),
        moved=w.number(one.moved),
    )


def best_note(board: Board, w: Words) -> str:
    """What was compared; or why nobody can say which were best."""
    counts = {"posts": w.number(board.posts), "n": w.number(board.compared)}
    if not board.enough or not board.best:
        return w.plain("Too few posts with comparable figures to name any: {n} of {posts} published ones.", **counts)
    return w.plain(
        "Each post against what is usual on its own page at the same age, so that big pages do not always win. "
        "Compared: {n} of {posts} published posts.",
        **counts,
    )


def unmeasured_lines(pack: Pack, w: Words) -> list[str]:
    """Every gap in one line; never empty."""
    found: Unmeasured = pack.unmeasured
    told = []
    if found.silent:
        told.append(_silent(found, w))
    if found.posts_silent:
        told.append(
            w.plain(
                "Without figures: {n} of {posts} published posts",
                n=w.number(found.posts_silent),
                posts=w.number(found.posts),
            )
        )
    if found.linkless:
        told.append(w.plain("Proven by a screenshot alone, without a link: {n}", n=w.number(found.linkless)))
    if found.unplanned:
        told.append(w.plain("Pages without a norm in this time: {n}", n=w.number(found.unplanned)))
    if found.waits_unknown:
        told.append(w.plain("Decisions with no known waiting time: {n}", n=w.number(found.waits_unknown)))
    unknown = [one for one in pack.outlooks if one.fact is None]
    if unknown:
        told.append(w.plain("Targets without any figure: {n}", n=w.number(len(unknown))))
    return told or [w.plain("Nothing: every page, post, decision and target has its figures")]


def names(some: Sequence[str], w: Words) -> str:
    """The first of them, and how many more there are."""
    shown = list(some[:NAMES_SHOWN])
    more = len(some) - len(shown)
    if more:
        shown.append(w.plain_ctx("names", "{n} more", n=w.number(more)))
    return ", ".join(shown)


def _silent(found: Unmeasured, w: Words) -> str:
    return w.plain(
        "Without a page figure in this time: {n} of {pages} pages ({names})",
        n=w.number(len(found.silent)),
        pages=w.number(found.pages),
        names=names(found.silent, w),
    )
