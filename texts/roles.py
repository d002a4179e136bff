"""Roles and the regions where they hold, in words."""

from collections.abc import Mapping, Sequence

from domain.people import EVERYWHERE, Membership, Role
from texts.words import Words, mark_plain

_ROLES = {
    Role.OWNER: mark_plain("owner"),
    Role.MANAGER: mark_plain("manager"),
    Role.COORDINATOR: mark_plain("coordinator"),
    Role.PRESS_SECRETARY: mark_plain("press secretary"),
    Role.VOLUNTEER: mark_plain("volunteer"),
    Role.CANDIDATE: mark_plain("candidate"),
}
_GROUPS = {
    Role.OWNER: mark_plain("owners"),
    Role.MANAGER: mark_plain("managers"),
    Role.COORDINATOR: mark_plain("coordinators"),
    Role.PRESS_SECRETARY: mark_plain("press secretaries"),
    Role.VOLUNTEER: mark_plain("volunteers"),
    Role.CANDIDATE: mark_plain("candidates"),
}


def role_name(role: Role, w: Words) -> str:
    return w.plain(_ROLES[role])  # texts: dynamic


def role_group(role: Role, w: Words) -> str:
    """In the plural: "volunteers"."""
    return w.plain(_GROUPS[role])  # texts: dynamic


def place_name(region: str, regions: Mapping[str, str], w: Words) -> str:
    """A region by its name, everywhere as "the whole campaign"; a code nobody knows stands for itself."""
    return w.plain("the whole campaign") if region == EVERYWHERE else regions.get(region, region)


def role_lines(memberships: Sequence[Membership], regions: Mapping[str, str], w: Words) -> list[str]:
    """One plain line per role: "volunteer: Kazan, Omsk"."""
    places: dict[Role, list[str]] = {}
    for held in memberships:
        places.setdefault(held.role, []).append(place_name(held.region, regions, w))
    return [f"{role_name(role, w)}: {', '.join(where)}" for role, where in places.items()]
