"""/best: posts that did best against their page's usual, rubrics, and posts without figures."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from domain.best_posts import GROUP_LEAST, BestPost, Board, Group, Period, PostAge, PostMeasure, Spread, winner
from domain.figures import FigureSource
from domain.pages import page_key
from domain.platforms import Platform
from domain.usecases.best_posts import NO_RUBRIC, BareView, BestView, PostView, Wanted
from handlers.screens.base import Row, Screen, button, grid, label, lines, link, paragraphs
from handlers.screens.draft_parts import excerpt, quote
from handlers.screens.evergreen_row import EvergreenButton
from handlers.screens.keyboards import choices
from handlers.screens.nav import home
from texts.best_posts import age_name, measure_name, ratio, reason
from texts.names import platform_name
from texts.words import Words, mark_plain

_PERIODS = {
    Period.WEEK: mark_plain("7 days"),
    Period.MONTH: mark_plain("30 days"),
    Period.ALL: mark_plain("Whole time"),
}
_AGE_LABELS = {
    PostAge.START: mark_plain("+2 h"),
    PostAge.DAY: mark_plain("+24 h"),
    PostAge.WEEK: mark_plain("+7 d"),
}

REGIONS_NAMED = 3


class BestButton(CallbackData, prefix="bp"):
    """`verb`: list, see, rub, where, hours, bare. `p`, `m`, `a`: first letters of period, measure and age; `a` empty: what suits.

    `r`, `g`: short keys of a rubric and a region. `n`: a page of a list.
    """

    verb: str
    p: str = "m"
    m: str = "v"
    a: str = ""
    net: str = ""
    r: str = ""
    g: str = ""
    id: int = 0
    n: int = 0


def wanted_of(cb: BestButton) -> Wanted:
    """What a button asks for; what it does not know becomes the usual."""
    period = next((one for one in Period if one.value[0] == cb.p), Period.MONTH)
    measure = next((one for one in PostMeasure if one.value[0] == cb.m), PostMeasure.VIEWS)
    age = next((one for one in PostAge if one.value[0] == cb.a), None)
    net = cb.net if cb.net in set(Platform) else ""
    return Wanted(period, measure, age, net, cb.r, cb.g)


def to(verb: str, wanted: Wanted, *, number: int = 0, n: int = 0, **other: str) -> BestButton:
    """A button with the same choices but for `other`."""
    said = {
        "p": wanted.period.value[0],
        "m": wanted.measure.value[0],
        "a": "" if wanted.age is None else wanted.age.value[0],
        "net": wanted.platform,
        "r": wanted.rubric,
        "g": wanted.region,
    }
    return BestButton(verb=verb, id=number, n=n, **(said | other))


# -- the list ---------------------------------------------------------------------------------------------------------


def board(view: BestView, w: Words) -> Screen:
    """The best posts, why each is among them, and what is not known."""
    found = view.board
    text = paragraphs(
        head(view, w("<b>Best posts</b>"), w),
        counts(found, w),
        too_few(found, w) if not found.enough else None,
        *(_line(n, one, view, w) for n, one in enumerate(found.best, 1)),
        _verdict(found, w) if found.best else None,
    )
    sees = [
        button(str(n), to("see", view.wanted, number=one.slot_id, a=found.age.value[0]))
        for n, one in enumerate(found.best, 1)
    ]
    return Screen(text, (*grid(sees, 4), *_filters(view, w), *_further(view, w), home(w)))


def head(view: BestView, title: Markup, w: Words) -> Markup:
    """What is looked at: where, which days, what is compared."""
    wanted, found = view.wanted, view.board
    parts = [_where(view, w), w.plain(_PERIODS[wanted.period])]  # texts: dynamic
    if wanted.platform:
        parts.append(platform_name(Platform(wanted.platform), w))
    if wanted.rubric:
        parts.append(_rubric_of(view, w))
    what = w(
        "Compared: {what} {when}, each post against its own page's usual.",
        what=measure_name(found.measure, w),
        when=age_name(found.age, w),
    )
    return lines(title, " · ".join(parts), what)


def _where(view: BestView, w: Words) -> str:
    if view.own:
        return w.plain("my pages")
    if not view.regions:
        return w.plain("all regions")
    more = len(view.regions) > REGIONS_NAMED
    return w.plain_n("{n} region", "{n} regions", len(view.regions)) if more else w.list(view.regions)


def _rubric_of(view: BestView, w: Words) -> str:
    found = (one.name(w.language) for one in view.rubrics if page_key(one.code) == view.wanted.rubric)
    return next(found, w.plain("without a rubric"))


def counts(found: Board, w: Words) -> Markup:
    """How many posts the words below stand on."""
    known = w(
        "Published: {posts}, with these figures: {measured}, compared: {compared}.",
        posts=w.number(found.posts),
        measured=w.number(found.measured),
        compared=w.number(found.compared),
    )
    unlike = found.measured - found.compared
    few = w(
        "Not compared: {n}, their pages have under {least} such posts or too small figures.",
        n=w.number(unlike),
        least=found.least,
    )
    return lines(known, few if unlike else None)


def too_few(found: Board, w: Words) -> Markup:
    """Nothing is said about so few."""
    if not found.measured:
        return w("No post has figures {when}: nothing can be said.", when=age_name(found.age, w))
    return w.n(
        "Only {n} post can be compared: too few to name any (at least {least}).",
        "Only {n} posts can be compared: too few to name any (at least {least}).",
        found.compared,
        least=found.least,
    )


def _line(n: int, one: BestPost, view: BestView, w: Words) -> Markup:
    title = excerpt(one.text, 60) or w.plain("without a text")
    star = "★ " if one.stands_out else ""
    first = Markup('{}. {}<b>{}</b> · <a href="{}">{}</a>') if one.url else Markup("{}. {}<b>{}</b> · {}{}")
    shown = first.format(n, star, ratio(one.ratio, w), one.url, title)
    where = w("{page}, {day}", page=one.page, day=w.day(one.day))
    numbers = w(
        "{value}, usually {usual} (n={n}) · {name}, {when}",
        value=w.number(one.value),
        usual=w.number(one.usual),
        n=one.usual_posts,
        name=one.given_by,
        when=w.moment(one.given_at, view.zone, view.now),
    )
    return lines(shown, where, numbers)


def _verdict(found: Board, w: Words) -> Markup | None:
    """Whether any of them is more than the ordinary up and down."""
    usual = found.spread
    if usual is None:
        return None
    if not usual.enough:
        return w("With under {least} posts compared none is called outstanding.", least=GROUP_LEAST)
    told = between(usual, w)
    if any(one.stands_out for one in found.best):
        return lines(w("★ stands out: far above the ordinary up and down."), told)
    return lines(w("None stands out: the differences are the ordinary up and down."), told)


def between(usual: Spread, w: Words) -> Markup:
    """The spread in words."""
    low, high = ratio(usual.low, w), ratio(usual.high, w)
    return w("The middle half lies between {low} and {high} (n={n}).", low=low, high=high, n=w.number(usual.n))


def _filters(view: BestView, w: Words) -> tuple[Row, ...]:
    wanted, found = view.wanted, view.board
    periods = tuple(
        _chosen(w.plain(name), to("list", wanted, p=one.value[0]), one is wanted.period)  # texts: dynamic
        for one, name in _PERIODS.items()
    )
    measures = (
        _chosen(w.plain("By views"), to("list", wanted, m="v"), wanted.measure is PostMeasure.VIEWS),
        _chosen(w.plain("By reactions"), to("list", wanted, m="a"), wanted.measure is PostMeasure.ACTIONS),
    )
    ages = tuple(
        _chosen(w.plain(name), to("list", wanted, a=one.value[0]), one is found.age)  # texts: dynamic
        for one, name in _AGE_LABELS.items()
    )
    return (periods, measures, ages, *_nets(view, w))


def _nets(view: BestView, w: Words) -> tuple[Row, ...]:
    wanted, known = view.wanted, view.board.platforms
    if len(known) < 2 and not wanted.platform:
        return ()
    every = _chosen(w.plain("All networks"), to("list", wanted, net=""), not wanted.platform)
    some = [
        _chosen(platform_name(Platform(one), w), to("list", wanted, net=one), one == wanted.platform) for one in known
    ]
    return grid([every, *some], 2)


def _chosen(name: str, data: BestButton, now: bool) -> InlineKeyboardButton:
    return button(f"✓ {name}" if now else name, data)


def _further(view: BestView, w: Words) -> tuple[Row, ...]:
    wanted = view.wanted
    made = [button(w.plain("Peak hours"), to("hours", wanted)), button(w.plain("Rubrics"), to("rub", wanted))]
    if view.board.without:
        made.append(button(w.plain("Without figures"), to("bare", wanted)))
    if len(view.choices) > 1:
        made.append(button(w.plain("Another region"), to("where", wanted)))
    return grid(made, 2)


# -- below it -----------------------------------------------------------------------------------------------------------


def back(wanted: Wanted, w: Words) -> Row:
    return (button(w.plain("‹ Best posts"), to("list", wanted)),)


def where(view: BestView, n: int, w: Words) -> Screen:
    """Which region; all of the reader's at once too."""
    every = (button(w.plain("All regions"), to("list", view.wanted, g="")),)
    rows = choices(
        sorted(view.choices, key=lambda one: one[1]),
        lambda one: button(label(one[1]), to("list", view.wanted, g=one[0])),
        n,
        lambda page: to("where", view.wanted, n=page),
    )
    return Screen(w("<b>Best posts of which region?</b>"), (every, *rows, back(view.wanted, w)))


def rubrics(view: BestView, w: Words) -> Screen:
    """Rubrics against each other, with a winner only where the numbers carry one."""
    found, names = view.board, {one.code: one.name(w.language) for one in view.rubrics}
    groups = found.rubrics if found.enough else ()
    text = paragraphs(
        head(view, w("<b>Rubrics compared</b>"), w),
        counts(found, w),
        lines(*(_group(one, names, w) for one in groups)) or too_few(found, w),
        _winner(groups, names, w) if groups else None,
    )
    some = [
        _chosen(
            label(names.get(one.code) or w.plain("without a rubric"), limit=38),
            to("list", view.wanted, r=page_key(one.code) if one.code else NO_RUBRIC),
            view.wanted.rubric == (page_key(one.code) if one.code else NO_RUBRIC),
        )
        for one in groups
    ]
    every = (button(w.plain("All rubrics"), to("list", view.wanted, r="")),) if view.wanted.rubric else ()
    return Screen(text, (*grid(some, 2), *((every,) if every else ()), back(view.wanted, w)))


def _group(one: Group, names: dict[str, str], w: Words) -> Markup:
    name, usual = names.get(one.code) or w.plain("without a rubric"), one.spread
    if not usual.enough:
        return w("{name}: {n} of at least {least} posts, too few", name=name, n=usual.n, least=GROUP_LEAST)
    low, high = ratio(usual.low, w), ratio(usual.high, w)
    middle = ratio(usual.middle, w)
    n = w.number(usual.n)
    return w("{name}: <b>{middle}</b>, mostly {low}–{high} (n={n})", name=name, middle=middle, low=low, high=high, n=n)


def _winner(groups: tuple[Group, ...], names: dict[str, str], w: Words) -> Markup:
    best = winner(groups)
    if best is not None:
        name = names.get(best.code) or w.plain("without a rubric")
        return w("<b>{name}</b> surely does better: more than chance explains.", name=name)
    if sum(one.spread.enough for one in groups) < 2:
        return w("Too few posts to compare rubrics.")
    return w("No rubric is surely better: the differences may be chance.")


def post(view: PostView, w: Words) -> Screen:
    """One post: its text, why it is here, every figure with who gave it and when."""
    best = view.best
    readings = [
        w(
            "{when}: {value} {what} · {name}, {at}, {source}",
            when=age_name(one.age, w),
            value=w.number(one.value),
            what=measure_name(one.measure, w),
            name=view.names.get(one.given_by, "?"),
            at=w.moment(one.given_at, view.zone, view.now),
            source=w.plain("imported") if one.source is FigureSource.IMPORTED else w.plain("typed in"),
        )
        for one in sorted(view.readings, key=lambda r: (list(PostAge).index(r.age), r.measure))
    ]
    text = paragraphs(
        w("<b>{page}</b>, {day}", page=best.page, day=w.day(best.day)),
        quote(best.text, 900),
        reason(best, view.age, view.wanted.measure, w),
        lines(*readings),
    )
    rows: list[Row] = [(link(w.plain("Open the post"), best.url),)] if best.url else []
    if view.again and view.draft is not None:
        again = EvergreenButton(verb="open", id=view.draft.draft.id, version=view.draft.draft.version)
        rows.append((button(w.plain("♻ Use again"), again),))
    return Screen(text, (*rows, back(view.wanted, w)))


def bare(view: BareView, w: Words) -> Screen:
    """Posts that nobody has given figures of: they are in no comparison."""
    shown = [
        Markup('· <a href="{}">{}</a>, {}').format(one.url, one.page, w.day(one.day))
        if one.url
        else Markup("· {}, {}").format(one.page, w.day(one.day))
        for one in view.posts
    ]
    told = (
        w("<b>Posts of the last two weeks without any figures</b>"),
        w("They are in no comparison; nothing is known of them."),
    )
    text = paragraphs(lines(*told), lines(*shown) or w("Every post has figures."))
    return Screen(text, (back(view.wanted, w),))
