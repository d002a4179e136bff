"""Which use case a due task names, with the configuration it needs bound to it."""

from datetime import timedelta
from functools import partial

from bot.config import Settings
from bot.schedule import TaskUseCase
from bot.worktime import work_rules
from domain.planning import PlanRules
from domain.usecases import (
    access,
    authority,
    away,
    broadcasts,
    calendar,
    claims,
    deadlines,
    decided,
    figures,
    figures_posts,
    halted,
    halts,
    imprint_rules,
    ladder,
    masters,
    patterns,
    planning,
    recall_tasks,
    recalling,
    rounds,
    silence_desk,
    silence_follows,
    silence_lifts,
    status,
    timing,
    urgent_asking,
)


def plan_rules(settings: Settings) -> PlanRules:
    """The numbers of the plan."""
    plan = settings.plan
    return PlanRules(
        lead=timedelta(minutes=plan.lead_minutes),
        on_time=timedelta(minutes=plan.on_time_minutes),
        substitute_after=timedelta(minutes=plan.substitute_after_minutes),
        press_after=timedelta(minutes=plan.press_after_minutes),
        person_daily_cap=plan.person_daily_cap,
        owner_notice=timedelta(minutes=settings.authority.notice_minutes),
    )


def task_usecases(settings: Settings) -> dict[str, TaskUseCase]:
    """By kind of task; stored kinds are a contract: they keep working after an upgrade."""
    plan = settings.plan
    hours = calendar.Hours(plan.morning, plan.evening, plan.figures_at, plan.manager_at)
    rules = plan_rules(settings)
    return {
        "calendar": partial(calendar.lay_out, hours=hours),
        access.FORGET: access.forget,
        broadcasts.PROGRESS: broadcasts.progress,
        "draft.submitted": decided.submitted,
        "draft.decided": decided.decided,
        "draft.settled": decided.settled,
        "draft.undone": decided.undone,
        "draft.overdue": partial(deadlines.step, work=work_rules(settings.approvals)),
        authority.WARN: authority.warn,
        away.BEGIN: away.begin,
        away.END: away.end,
        "claim.lapsed": claims.lapsed,
        "pattern.week": patterns.week,
        "figures.ask": figures.ask,
        recalling.CHASE: recall_tasks.chase,
        masters.SEND: masters.spread,
        halts.BEGAN: halted.began,
        halts.LIFTED: partial(halted.lifted, rules=rules),
        silence_desk.BEGAN: silence_follows.began,
        silence_lifts.LIFTED: partial(silence_follows.lifted, rules=rules),
        silence_lifts.AGAIN: silence_follows.again,
        "figures.post": figures_posts.ask,
        "status.daily": status.daily,
        imprint_rules.TURN: imprint_rules.turn,
        imprint_rules.WARN: imprint_rules.warn,
        "plan.evening": partial(planning.evening, rules=rules),
        "plan.morning": partial(planning.morning, rules=rules),
        "plan.fill": partial(planning.fill_draft, rules=rules),
        "plan.recheck": partial(planning.recheck, rules=rules),
        "day.close": partial(rounds.close_day, rules=rules),
        "manager.evening": partial(rounds.manager_evening, rules=rules),
        "ladder": partial(ladder.step, rules=rules),
        timing.EXPIRED: partial(timing.expired, rules=rules),
        urgent_asking.STEP: partial(urgent_asking.step, plan=rules),
    }
