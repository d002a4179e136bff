"""Which use case a due task names, with the configuration it needs bound to it."""

from datetime import timedelta
from functools import partial

from bot.config import Settings
from bot.schedule import TaskUseCase
from domain.planning import PlanRules
from domain.usecases import (
    access,
    broadcasts,
    calendar,
    decided,
    figures,
    figures_posts,
    ladder,
    planning,
    rounds,
    status,
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
        "draft.overdue": decided.overdue,
        "figures.ask": figures.ask,
        "figures.post": figures_posts.ask,
        "status.daily": status.daily,
        "plan.evening": partial(planning.evening, rules=rules),
        "plan.morning": partial(planning.morning, rules=rules),
        "plan.fill": partial(planning.fill_draft, rules=rules),
        "plan.recheck": partial(planning.recheck, rules=rules),
        "day.close": partial(rounds.close_day, rules=rules),
        "manager.evening": partial(rounds.manager_evening, rules=rules),
        "ladder": partial(ladder.step, rules=rules),
    }
