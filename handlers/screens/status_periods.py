"""How a period went, in words: each number beside the one of the period before, with what it rests on."""

from datetime import timedelta

from markupsafe import Markup

from domain.commitments import CommitmentSummary
from domain.pages import page_key
from domain.people import EVERYWHERE
from domain.status_periods import Period, PeriodView, Place, Stretch, Tally, Trend, trend
from handlers.screens.base import Row, Screen, button, lines, paragraphs
from handlers.screens.nav import home
from handlers.screens.status import PeriodButton, answer_times, back_to_top, go, period_rows, promises
from texts.words import Words, local_date


def key_of(place: Place) -> str:
    """How buttons name a place."""
    if place.page:
        return f"p{page_key(place.page)}"
    return f"r{place.region}" if place.region else ""


def period(view: PeriodView, w: Words) -> Screen:
    """One period of all, a region or a page."""
    of, span = key_of(view.place), (view.period or Period.WEEK).value
    chart = button(w.plain("Chart"), PeriodButton(verb="chart", of=of, span=span))
    return Screen(_text(view, w), (*period_rows(view.period, of, w), (chart,), _back(view.place, w)))


def summary(view: PeriodView, w: Words) -> Screen:
    """The same of a week or month that has ended, for those who have it sent."""
    row = (go(w.plain("Status now"), "top"), go(w.plain("When it comes…"), "daily"))
    return Screen(_text(view, w), (row, home(w)))


def caption(view: PeriodView, w: Words) -> Markup:
    """What the picture of a period shows, in words."""
    worst = max(view.days.items(), key=lambda one: (one[1].missed, one[0]), default=None)
    missed = (
        w("Most were missed on {day}: {n}", day=w.day(worst[0]), n=w.number(worst[1].missed))
        if worst is not None and worst[1].missed
        else None
    )
    return lines(title(view, w), *_posts(view.here.tally, None, w), missed)


def has_picture(w: Words) -> str:
    """Said to the second of two quick taps on [Chart]."""
    return w.plain("You have this picture already: it is just below.")


def title(view: PeriodView, w: Words) -> Markup:
    first, last = view.here.span.first, view.here.span.last
    days = w.day(first) if first == last else w.plain("{first} – {last}", first=w.day(first), last=w.day(last))
    return w("<b>{period}</b> · {days} · {where}", period=_name(view, w), days=days, where=_where(view, w))


def _name(view: PeriodView, w: Words) -> str:
    if view.period is None:
        return w.plain("The week") if view.here.span.days <= 7 else w.plain("The month")
    return {
        Period.TODAY: w.plain("Today"),
        Period.WEEK: w.plain("7 days"),
        Period.MONTH: w.plain("Month"),
        Period.ALL: w.plain("The campaign so far"),
    }[view.period]


def _where(view: PeriodView, w: Words) -> str:
    if view.place.region == EVERYWHERE:
        return w.plain("Pages of the whole campaign")
    return w.list(view.names) if view.names else w.plain("all regions")


def _text(view: PeriodView, w: Words) -> Markup:
    here, before = view.here, view.before
    return paragraphs(
        title(view, w),
        lines(
            *_posts(here.tally, before.tally if before else None, w),
            _answers(here, before, w),
            _growth(here, before, w),
            _promised(here.promised, w),
        ),
        _source(view, w),
    )


def _posts(now: Tally, before: Tally | None, w: Words) -> list[Markup]:
    if now.nothing:
        return [w("📅 No posts were planned.")]
    share = now.kept
    found = []
    if share is not None:
        posted = w.n(
            "📅 Norm kept: <b>{share}</b>, {posted} of {n} post",
            "📅 Norm kept: <b>{share}</b>, {posted} of {n} posts",
            now.due,
            share=w.percent(share),
            posted=w.number(now.posted),
        )
        was = before.kept if before else None
        found.append(posted + _compared(share, was, w.percent(was) if was is not None else "", w))
    if now.ahead:
        found.append(w("⏳ Still to come today: {n}", n=w.number(now.ahead)))
    then = before if before is not None and not before.nothing else None
    for told, count, known in (
        (w("✅ On time: {n}", n=w.number(now.on_time)), now.on_time, then.on_time if then else None),
        (w("🕐 Late: {n}", n=w.number(now.late)), now.late, then.late if then else None),
        (w("🔴 Missed: {n}", n=w.number(now.missed)), now.missed, then.missed if then else None),
        (w("⚪ Places without a post: {n}", n=w.number(now.bare)), now.bare, then.bare if then else None),
        (w("⚪ Excused: {n}", n=w.number(now.excused)), now.excused, then.excused if then else None),
    ):
        if count or known:
            found.append(told + _compared(count, known, w.number(known or 0), w))
    return found


def _compared(now: float | None, before: float | None, was: str, w: Words) -> Markup:
    """What follows a number: an arrow and words. Nothing where there is nothing to compare with."""
    found = trend(now, before)
    if found is None:
        return Markup()
    if found is Trend.MORE:
        return " " + w("▲ more, was {was}", was=was)
    return " " + (w("▼ less, was {was}", was=was) if found is Trend.FEWER else w("= as before"))


def _answers(here: Stretch, before: Stretch | None, w: Words) -> Markup | None:
    found = here.deciding
    if found is None:
        return None
    if not found.count or found.median is None:
        return w("⏱ No decisions on texts.")
    told = w("⏱ Deciding: {times}", times=answer_times(found, w))
    was = before.deciding.median if before is not None and before.deciding is not None else None
    change = trend(found.median // 60, None if was is None else was // 60)
    if change is None or was is None:
        return told
    earlier = w.ago(timedelta(seconds=max(60, was)))
    if change is Trend.MORE:
        return told + " " + w("▲ slower, half was within {was}", was=earlier)
    return (
        told + " " + (w("▼ faster, half was within {was}", was=earlier) if change is Trend.FEWER else w("= as before"))
    )


def _growth(here: Stretch, before: Stretch | None, w: Words) -> Markup:
    found = here.growth
    if not found.pages:
        return w("📈 No figures were reported.")
    if found.gained is None or found.last is None:
        return w(
            "📈 Figures reported for the first time: {pages} of {all} pages",
            pages=w.number(found.pages),
            all=w.number(found.all_pages),
        )
    sign = "+" if found.gained > 0 else "−" if found.gained < 0 else ""
    told = w(
        "📈 Members and followers: {gained} (from {pages} of {all} pages, newest {day})",
        gained=sign + w.number(abs(found.gained)),
        pages=w.number(found.pages),
        all=w.number(found.all_pages),
        day=w.day(found.last),
    )
    was = before.growth.gained if before is not None else None
    return told + _compared(found.gained, was, w.number(was or 0), w)


def _promised(found: CommitmentSummary | None, w: Words) -> Markup | None:
    if found is None or not found.total:
        return None
    return w("🤝 Commitments due: {parts}", parts=promises(found, w))


def _source(view: PeriodView, w: Words) -> Markup:
    """Where the numbers come from and when (H5)."""
    at = w("{day}, {time}", day=w.day(local_date(view.now, view.zone)), time=w.time(view.now, view.zone))
    told = w("<i>From proven posts, by each page's own day; as of {at}.</i>", at=at)
    if view.before is None or view.before.nothing:
        return told
    first, last = view.before.span.first, view.before.span.last
    if first == last:
        return lines(w("<i>Compared with the whole of {day}.</i>", day=w.day(first)), told)
    return lines(w("<i>Compared with {first} – {last}.</i>", first=w.day(first), last=w.day(last)), told)


def _back(place: Place, w: Words) -> Row:
    if place.page:
        return (go(w.plain("‹ Back"), "page", place.page), *back_to_top(w))
    return (go(w.plain("‹ Back"), "region", place.region), *back_to_top(w)) if place.region else back_to_top(w)
