"""Which use case a due task names, with the configuration it needs bound to it."""

from functools import partial

from bot.config import Settings
from bot.schedule import TaskUseCase
from domain.usecases import calendar


def task_usecases(settings: Settings) -> dict[str, TaskUseCase]:
    """By kind of task; stored kinds are a contract: they keep working after an upgrade."""
    plan = settings.plan
    hours = calendar.Hours(plan.morning, plan.evening, plan.figures_at, plan.manager_at)
    return {
        "calendar": partial(calendar.lay_out, hours=hours),
    }
