"""Every router, the busiest first; what nobody wanted ends in `general`."""

from aiogram import Router

from handlers import general


def all_routers() -> list[Router]:
    """In the order in which they are asked."""
    return [general.router]
