"""Declaring what a handler does: every registration carries an action of `domain.rights` (a test fails without)."""

from typing import Any

from domain.rights import Action


def needs(action: Action) -> dict[str, Any]:
    """`flags=needs(Action.X)` on every handler; the use case checks it at the tap."""
    return {"action": action}
