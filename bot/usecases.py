"""Which use case a due task names, with the configuration it needs bound to it."""

from functools import partial

from bot.config import Settings
from bot.schedule import TaskUseCase
from domain.usecases import calendar, decided


def task_usecases(settings: Settings) -> dict[str, TaskUseCase]:
    """By kind of task; stored kinds are a contract: they keep working after an upgrade."""
    plan = settings.plan
    hours = calendar.Hours(plan.morning, plan.evening, plan.figures_at, plan.manager_at)
    missing = dict.fromkeys(("plan.morning", "plan.evening", "plan.fill", "day.close", "manager.evening", "figures.ask", "figures.post"), _not_built)
    return {
        **missing,  # scaffolding: each feature replaces its kinds below; the lead removes this line
        "calendar": partial(calendar.lay_out, hours=hours),
        "draft.submitted": decided.submitted,
        "draft.decided": decided.decided,
        "draft.overdue": decided.overdue,
    }


async def _not_built(*_: object, **__: object) -> None:
    """Scaffolding until the feature registers its kind."""
