"""Changes of a plan as lines for the operator's terminal (the command line speaks English)."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from domain.norms import Window
from domain.plan_load import Change, Effect, FieldChange, Thing
from domain.usecases.plan_load import Outcome

_SIGNS = {Effect.ADDED: "+", Effect.CHANGED: "~", Effect.REMOVED: "-"}


def lines_of(outcome: Outcome) -> list[str]:
    """One line per change, then what stays although the plan does not name it."""
    kept = [
        f"  region {code} is not in the plan any more; it stays, since people or pages belong to it"
        for code in outcome.kept_regions
    ]
    typed = [
        f"  norm of {code} was set in chat; it stays until this file says another norm for that page"
        for code in outcome.kept_norms
    ]
    return [_line(change) for change in outcome.changes] + kept + typed


def summary(outcome: Outcome) -> str:
    """ "3 added, 1 changed, 0 removed"."""
    return ", ".join(f"{sum(c.effect is effect for c in outcome.changes)} {effect}" for effect in Effect)


def _line(change: Change) -> str:
    text = (
        f"{_SIGNS[change.effect]} {change.thing} {change.key}"
        if change.thing is not Thing.CAMPAIGN
        else f"{_SIGNS[change.effect]} campaign"
    )
    if change.effect is Effect.CHANGED:
        return f"{text}: {'; '.join(_field(field) for field in change.fields)}"
    if change.effect is Effect.REMOVED and change.thing is Thing.PAGE:
        return f"{text}: out of the plan (its history stays)"
    return text


def _field(change: FieldChange) -> str:
    return f"{change.name} {_value(change.before)} → {_value(change.after)}"


def _value(value: Any) -> str:
    match value:
        case Window():
            return f"{_value(value.start)}-{_value(value.end)}"
        case time():
            return value.isoformat("minutes")
        case str():
            return value or "(empty)"
        case Mapping():
            return ", ".join(f"{_value(key)}: {_value(item)}" for key, item in value.items()) or "(none)"
        case Iterable():
            return ", ".join(_value(item) for item in value) or "(none)"
        case _:
            return str(value)
