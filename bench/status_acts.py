"""What people do in `bench.status`: each act is what a tap or a message of theirs does, by the use case that the chat calls."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.status_stage import ACCOUNT, MANAGER, PRESS
from bot.config import Settings
from bot.usecases import plan_rules
from domain.commitments import CommitmentState
from domain.drafts import UNFINISHED_STATES, Decision, DraftState, Reason, Verdict, submitted
from domain.figures import PageReported, PostReported
from domain.imprints import BoundLine
from domain.pages import Page
from domain.people import Actor
from domain.plan import AssignmentState, DeclineReason
from domain.platforms import Platform
from domain.spot_checks import WrongReason
from domain.usecases import calendar, commitments, figures, figures_posts, mishaps, proofs, spot_checks, substitutes

SETTINGS = Settings.model_validate({"telegram": {"token": "1:" + "x" * 35}})
RULES = plan_rules(SETTINGS)
Act = Callable[[Any], Awaitable[object]]


@dataclass(frozen=True)
class Task:
    """An open assignment of the day."""

    id: int
    version: int
    slot_id: int
    page: str
    person_id: int
    at: datetime


async def _actor(uow: Any, person: int) -> Actor:
    found: Actor = await uow.people.find_actor(ACCOUNT + person)
    return found


def rest(person: int, day: date) -> Act:
    async def act(uow: Any) -> None:
        await uow.availability.add_day_off(person, day)

    return act


def text(page: Page, said: str, now: datetime, took: timedelta | None, verdict: Verdict) -> Act:
    """Handed in; decided on after `took` (None: it waits). By the statements of the desk: what it asks besides is `bench.desk`'s."""
    state = DraftState.APPROVED if verdict is Verdict.APPROVE else DraftState.RETURNED
    reason = None if verdict is Verdict.APPROVE else Reason.TONE

    async def act(uow: Any) -> None:
        author = page.keeper_id or 0
        begun = await uow.drafts.add(
            author_id=author, region=page.region, text=said, media=(), source="", message_id=None, album="", now=now
        )
        await uow.drafts.set_page(begun.id, page.code, chosen=True)
        handed = submitted(begun, now, now + timedelta(hours=4))
        await uow.drafts.set_state(handed, UNFINISHED_STATES)
        await uow.journal.add(at=now, actor=author, action="draft_submit", object_=begun.subject, version=begun.version)
        if took is not None:
            lines = (BoundLine(page.code, "", page.imprint),)
            about = (begun.id, begun.version, PRESS, "", verdict, reason, "", now + took)
            made = Decision(*about, None, 1, imprints=lines, waited=int(took.total_seconds()))
            await uow.drafts.decide(made, state)
            await uow.journal.add(
                at=now + took, actor=PRESS, action="draft_decide", object_=begun.subject, version=begun.version
            )

    return act


def promise(region: str, day: date, settled_after: int) -> Act:
    """By the coordinator's chair: settled so many days after it was due, or not at all."""

    async def act(uow: Any) -> None:
        now = datetime.combine(day, time(9), UTC)
        due = day + timedelta(days=5)
        one = await uow.commitments.add(
            title="Новая группа района",
            region=region,
            page="",
            person_id=MANAGER,
            by_id=MANAGER,
            state=CommitmentState.OPEN,
            due=due,
            now=now,
        )
        if settled_after < 8:  # some stay open
            kept = datetime.combine(due + timedelta(days=settled_after), time(15), UTC)
            await commitments.finish(uow, await _actor(uow, MANAGER), one.id, one.version, now=kept)

    return act


def prove(task: Task, page: Page, number: int, at: datetime, mark: int) -> Act:
    post = 10 * task.slot_id + mark
    links = {
        Platform.VK: f"https://vk.com/wall-{10_000 + number}_{post}",
        Platform.OK: f"https://ok.ru/group/{10_000 + number}/topic/{post}",
        Platform.X: f"https://x.com/page{number}/status/{post}",
    }

    async def act(uow: Any) -> None:
        who = await _actor(uow, task.person_id)
        await proofs.prove(uow, who, task.id, links[page.platform], now=at, rules=RULES)

    return act


def take_back(task: Task, at: datetime) -> Act:
    async def act(uow: Any) -> None:
        version = (await uow.plan.get_assignment(task.id)).version
        await proofs.undo(uow, await _actor(uow, task.person_id), task.id, version, now=at, rules=RULES)

    return act


def find_wrong(task: Task, at: datetime) -> Act:
    async def act(uow: Any) -> None:
        version, press = (await uow.plan.get_assignment(task.id)).version, await _actor(uow, PRESS)
        if task.person_id != PRESS:
            await spot_checks.not_right(uow, press, task.id, version, WrongReason.OTHER_TEXT, now=at, rules=RULES)

    return act


def remove(task: Task, at: datetime) -> Act:
    async def act(uow: Any) -> None:
        version = (await uow.plan.get_assignment(task.id)).version
        await mishaps.removed(uow, await _actor(uow, task.person_id), task.id, version, now=at)

    return act


def decline(task: Task) -> Act:
    """Whoever is asked instead takes it."""

    async def act(uow: Any) -> None:
        at = task.at - timedelta(hours=1)
        who = await _actor(uow, task.person_id)
        await substitutes.decline(uow, who, task.id, task.version, DeclineReason.BUSY, now=at, rules=RULES)
        for other in await uow.plan.assignments_of(task.slot_id):
            if other.state is AssignmentState.OFFERED:
                helper = await uow.people.find_actor_by_person(other.person_id)
                await substitutes.accept_offer(uow, helper, other.id, other.version, now=at)

    return act


def report_members(page: Page, day: date, value: int) -> Act:
    """What the keeper types in the evening; asked whether it is right, they say yes."""

    async def act(uow: Any) -> None:
        now, who = calendar.moment(day, time(21), page.zone), await _actor(uow, page.keeper_id or 0)
        said: PageReported = await figures.report_page(uow, who, page.code, day, str(value), now=now)
        if value % 2:
            await figures.confirm(uow, who, said.figure.id, now=now)

    return act


def report_reactions(task: Task, text: str) -> Act:
    async def act(uow: Any) -> None:
        now, who = task.at + timedelta(days=1), await _actor(uow, task.person_id)
        said: PostReported = await figures_posts.report(uow, who, task.slot_id, text, now=now)
        if said.doubtful and task.slot_id % 2:
            await figures.confirm(uow, who, next(f.id for f in said.figures if f.state == "doubtful"), now=now)

    return act
