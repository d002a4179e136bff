"""One page close up, one post close up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.gallery.exhibits import Chapter, Take
from bot.gallery.samples.data import HTML_NAME, LONG, LONG_NAME, NOW, ODD, REGIONS, TODAY, VK, ZONE, minutes
from bot.gallery.samples.figures import figure
from domain.drafts import Verdict
from domain.figures import FigureState
from domain.plan import AssignmentState, Excuse, SlotState
from domain.status import PageLine, Slots
from domain.status_posts import FigureLine, Holder, PageView, PostLine, PostTrail, PostView, Verdicts
from domain.typed_figures import Metric
from handlers.screens import status_posts
from texts.words import Words

chapter = Chapter("Status: a page, a post")

FULL = PageLine(VK, Slots(total=3, filled=3, on_time=1, overdue=1), 12_400, TODAY, 19, 21)
POSTS = tuple(
    PostLine(
        n, minutes(-150 * n - 30), state, None,
        (None, "Анна Соколова", HTML_NAME, LONG_NAME, "Ким")[n],
        "https://vk.com/wall-1_1001" if state is SlotState.POSTED else None,
        {Metric.VIEWS: 1_340, Metric.LIKES: 51} if state is SlotState.POSTED else {},
    )
    for n, state in enumerate(SlotState)
)  # fmt: skip
FIGURES = tuple(
    FigureLine(
        replace(figure(12_400 - 90 * n, state=state), day=TODAY - timedelta(days=n)),
        "Анна Соколова",
        ("Анна Соколова", LONG_NAME, "Анна Соколова")[n],
    )
    for n, state in enumerate(FigureState)
)
_NAMES = ("Анна Соколова", HTML_NAME, LONG_NAME, "Ким")
_TEXT = "Открыли спортивную площадку во дворе на Баумана, 12. Приходите в субботу в 11 утра!"
_TRAIL = PostTrail(
    41, VK.code, minutes(-150), SlotState.POSTED, minutes(-146), "https://vk.com/wall-1_1001", None, 7, _TEXT,
    "Анна Соколова", (Holder("Анна Соколова", AssignmentState.POSTED, substitute=False),),
    (Verdicts("Борис Ежов", Verdict.APPROVE, 2, minutes(-900)),), {Metric.VIEWS: 1_340, Metric.LIKES: 51},
)  # fmt: skip


@chapter.shows(status_posts.page)
def page(w: Words) -> Iterator[Take]:
    yield "A page in use", status_posts.page(PageView(NOW, FULL, "Казань", "Анна Соколова", POSTS, FIGURES), w, ZONE)
    new = PageLine(ODD, Slots(), None, None, 0, 0)
    yield "A new one, nobody keeps it", status_posts.page(PageView(NOW, new, "", None, (), ()), w, ZONE)
    long = PageView(NOW, replace(FULL, page=LONG), REGIONS["khabarovsk"], LONG_NAME, POSTS * 3, FIGURES * 4)
    yield "Long names, many posts", status_posts.page(long, w, ZONE)


@chapter.shows(status_posts.post)
def post(w: Words) -> Iterator[Take]:
    view = PostView(NOW, VK, "Казань", _TRAIL)
    yield "Posted in time", status_posts.post(view, w, ZONE)
    fresh = replace(_TRAIL, figures={}, excuse=Excuse.REMOVED)
    yield "Taken down by the network", status_posts.post(replace(view, trail=fresh), w, ZONE)
    empty = PostTrail(
        42, VK.code, minutes(30), SlotState.EMPTY, None, None, None, None, "", None, (), (), {}
    )  # fmt: skip
    yield "Nothing in it yet", status_posts.post(replace(view, trail=empty), w, ZONE)
    hands = tuple(
        Holder(name, state, substitute=False) for name, state in zip(_NAMES * 2, AssignmentState, strict=False)
    )
    said = tuple(
        Verdicts(name, verdict, n, minutes(-900))
        for n, (name, verdict) in enumerate(zip(_NAMES, Verdict, strict=False), 1)
    )
    for excuse in (Excuse.BLOCKED, Excuse.SKIPPED, Excuse.DAY_OFF):
        hard = replace(
            _TRAIL, state=SlotState.CANCELLED, posted_at=None, url=None, excuse=excuse, text="Слово & дело " * 700,
            author=HTML_NAME, holders=hands, decisions=said,
        )  # fmt: skip
        yield (
            f"Many hands, a long text: {excuse}",
            status_posts.post(PostView(NOW, LONG, REGIONS["khabarovsk"], hard), w, ZONE),
        )
