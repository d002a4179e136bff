"""Words for refusals of norms and of the campaign's calendar."""

from markupsafe import Markup

from domain.calendar_days import DayGone, DaysPast, DaysTooLong
from domain.norm_making import CapBelow, GapTooLong, MixAbove, NormCrossed, NormEnded, PeakOutside
from domain.norm_pages import PageUnclear, UnknownPage
from domain.norm_settings import NormChanged, NormSettingChanged, SettingState
from domain.typed_dates import BadDate, DatesCrossed
from domain.typed_norm import NoCount, NormRange, TooManyPosts, UnknownRubric, WeeklyNorm
from domain.typed_norm_hours import BadNorm, OverMidnight
from texts.explaining import explain
from texts.words import Words

SHOWN = 40
"""Characters of what somebody typed: an alert has 200 in all."""


def _short(said: str) -> str:
    return said if len(said) <= SHOWN else said[: SHOWN - 1] + "…"


@explain.register
def _bad(error: BadNorm, w: Words) -> Markup:
    return w(
        "I do not understand “{word}”. For example: <code>2 daily 09-12,18-21 Mon-Sat gap 2h</code>",
        word=_short(error.word),
    )


@explain.register
def _no_count(error: NoCount, w: Words) -> Markup:
    return w(
        "Posts a day are a whole number from 0 to {most}, and “{said}” is none.",
        most=error.most,
        said=_short(error.said),
    )


@explain.register
def _weekly(error: WeeklyNorm, w: Words) -> Markup:
    return w(
        "“{said}”: a norm is said day by day. For three posts a week: <code>1 Mon, Wed, Fri</code>",
        said=_short(error.said),
    )


@explain.register
def _range(error: NormRange, w: Words) -> Markup:
    return w("“{said}”: say one number, and how many at most: <code>2 daily cap 3</code>", said=_short(error.said))


@explain.register
def _midnight(error: OverMidnight, w: Words) -> Markup:
    return w(
        "“{said}” goes over midnight. Say the two parts: <code>22-24, 0-2</code>",
        said=_short(error.said),
    )


@explain.register
def _many(error: TooManyPosts, w: Words) -> Markup:
    return w("{count} a day is too many: at most {most}.", count=error.count, most=error.most)


@explain.register
def _rubric(error: UnknownRubric, w: Words) -> Markup:
    if not error.known:
        return w("“{said}”: the plan names no rubrics.", said=_short(error.said))
    known = ", ".join(error.known)
    return w("No rubric is called “{said}”. There are: {known}", said=_short(error.said), known=known[:100])


@explain.register
def _cap(error: CapBelow, w: Words) -> Markup:
    return w(
        "{count} posts on a day, but at most {cap}: raise the one or lower the other, for example <code>cap {count}</code>",
        count=error.count,
        cap=error.cap,
    )


@explain.register
def _peak(error: PeakOutside, w: Words) -> Markup:
    start, end = error.peak.start.strftime("%H:%M"), error.peak.end.strftime("%H:%M")
    return w("The best hours {start}–{end} lie outside the hours of the norm.", start=start, end=end)


@explain.register
def _mix(error: MixAbove, w: Words) -> Markup:
    return w("The rubrics add up to {total}%: at most 100%.", total=error.total)


@explain.register
def _ended(error: NormEnded, w: Words) -> Markup:
    return w("{day} is past: say a later last day.", day=w.day(error.ends))


@explain.register
def _past(error: DaysPast, w: Words) -> Markup:
    return w("{day} is past: say a later last day.", day=w.day(error.last))


@explain.register
def _crossed(error: NormCrossed, w: Words) -> Markup:
    return w(
        "{ends} comes before {starts}: say the first day first.", starts=w.day(error.starts), ends=w.day(error.ends)
    )


@explain.register
def _dates(error: DatesCrossed, w: Words) -> Markup:
    return w(
        "{ends} comes before {starts}: say the first day first.", starts=w.day(error.first), ends=w.day(error.last)
    )


@explain.register
def _date(error: BadDate, w: Words) -> Markup:
    return w(
        "“{said}” is no day I know. For example: <code>1 Oct</code> or <code>01.10</code>", said=_short(error.text)
    )


@explain.register
def _gap(_: GapTooLong, w: Words) -> Markup:
    return w("Between two posts there can be a day at most: <code>gap 24h</code>")


@explain.register
def _unknown(error: UnknownPage, w: Words) -> Markup:
    if not error.close:
        return w("None of your pages is called “{said}”. /norm shows them all.", said=_short(error.said))
    codes = Markup(", ").join(Markup("<code>{}</code>").format(code) for code in error.close[:3])
    return w("None of your pages is called “{said}”. Perhaps: {codes}", said=_short(error.said), codes=codes)


@explain.register
def _unclear(error: PageUnclear, w: Words) -> Markup:
    rest = f" {error.rest}" if error.rest else ""
    ready = [Markup("<code>/norm {}{}</code>").format(code, rest) for code in error.codes]
    more = w.n("… and {n} more", "… and {n} more", error.more) if error.more else None
    head = w("Several pages are called “{said}”. Tap one to copy it, and send it:", said=_short(error.said))
    return Markup("\n").join(part for part in (head, *ready, more) if part)


@explain.register
def _changed(_: NormChanged, w: Words) -> Markup:
    return w("Somebody has set another norm for this page meanwhile. Open it again.")


@explain.register
def _setting(error: NormSettingChanged, w: Words) -> Markup:
    match error.state:
        case SettingState.SAVED:
            return w("This norm is saved already. /norm changes it.")
        case SettingState.DROPPED:
            return w("You left this one. /norm begins anew.")
        case _:
            return w("You have changed this one meanwhile. Use the newest message.")


@explain.register
def _day(_: DayGone, w: Words) -> Markup:
    return w("This day is not in the calendar any more, or was changed. Open /days again.")


@explain.register
def _long(error: DaysTooLong, w: Words) -> Markup:
    return w("{days} days are too many for one entry: at most {most}.", days=error.days, most=error.most)
