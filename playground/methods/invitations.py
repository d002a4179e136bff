"""Invite links and requests to join."""

from __future__ import annotations

from typing import Any, Final

from playground import errors, membership, rights
from playground.model import Chat
from playground.registry import Call, method
from playground.world import World

Json = dict[str, Any]

_FACTS: Final = ("name", "expire_date", "member_limit")


@method("exportChatInviteLink")
def export_chat_invite_link(world: World, call: Call) -> str:
    """A new primary link; the former one is revoked."""
    chat = _inviting(world, call)
    for link in chat.links.values():
        if link["is_primary"]:
            link["is_revoked"] = True
    return str(_new_link(world, chat, {}, primary=True)["invite_link"])


@method("createChatInviteLink")
def create_chat_invite_link(world: World, call: Call) -> Json:
    """One more link, with a name, an end and a limit of people, or one that asks for approval."""
    return dict(_new_link(world, _inviting(world, call), _facts(call), primary=False))


@method("editChatInviteLink")
def edit_chat_invite_link(world: World, call: Call) -> Json:
    """Change a link; what is not named goes away."""
    chat = _inviting(world, call)
    link = _link(chat, call)
    for name in _FACTS:
        link.pop(name, None)
    link |= _facts(call)
    return dict(link)


@method("revokeChatInviteLink")
def revoke_chat_invite_link(world: World, call: Call) -> Json:
    """A link that leads nowhere from now on."""
    chat = _inviting(world, call)
    link = _link(chat, call)
    link["is_revoked"] = True
    return dict(link)


@method("approveChatJoinRequest")
def approve_chat_join_request(world: World, call: Call) -> bool:
    """Let somebody in who asked."""
    chat, user_id = _requested(world, call)
    membership.join(world, chat, world.users[user_id])
    return True


@method("declineChatJoinRequest")
def decline_chat_join_request(world: World, call: Call) -> bool:
    """Leave somebody outside who asked."""
    chat, user_id = _requested(world, call)
    del chat.requests[user_id]
    return True


def _requested(world: World, call: Call) -> tuple[Chat, int]:
    chat, user_id = world.chat_for(call.params["chat_id"]), call.integer("user_id")
    rights.ensure_bot_may(chat, "can_invite_users", errors.NO_RIGHT_TO_REQUESTS)
    if user_id not in chat.requests:
        raise errors.JOIN_REQUEST_UNKNOWN.error()
    return chat, user_id


def _inviting(world: World, call: Call) -> Chat:
    chat = world.chat_for(call.params["chat_id"])
    if chat.private:
        raise errors.PRIVATE_INVITE.error()
    if "can_invite_users" not in rights.granted(chat, None):
        raise errors.NO_RIGHT_TO_INVITE.error()
    return chat


def _facts(call: Call) -> Json:
    if call.flag("creates_join_request") and "member_limit" in call.params:
        raise errors.LINK_LIMIT_AND_REQUEST.error()
    facts: Json = {name: call.params[name] for name in _FACTS if name in call.params}
    return {**facts, "creates_join_request": call.flag("creates_join_request")}


def _new_link(world: World, chat: Chat, facts: Json, *, primary: bool) -> Json:
    address = f"https://t.me/+playground{world.next_number():06d}"
    fixed: Json = {"invite_link": address, "creator": world.bot, "is_primary": primary, "is_revoked": False}
    chat.links[address] = {"creates_join_request": False, **facts, **fixed}
    return chat.links[address]


def _link(chat: Chat, call: Call) -> Json:
    found = chat.links.get(call.text("invite_link"))
    if found is None:
        raise errors.LINK_UNKNOWN.error()
    return found
