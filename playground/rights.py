"""Who may do what in a group or channel: the bot's own rights, the chat's permissions, and members as the Bot API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from playground import errors
from playground.errors import Refusal

if TYPE_CHECKING:
    from playground.model import Chat

Json = dict[str, Any]

# Every administrator has these fields, groups and channels add their own (D ChatMemberAdministrator)
_EVERYWHERE: Final = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
_GROUP: Final = ("can_pin_messages", "can_manage_topics")
_CHANNEL: Final = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
ALL: Final = frozenset({*_EVERYWHERE, *_GROUP, *_CHANNEL})

# What ordinary members may do (D ChatPermissions); a new group lets them write but not govern
PERMISSIONS: Final[dict[str, bool]] = {
    "can_send_messages": True,
    "can_send_audios": True,
    "can_send_documents": True,
    "can_send_photos": True,
    "can_send_videos": True,
    "can_send_video_notes": True,
    "can_send_voice_notes": True,
    "can_send_polls": True,
    "can_send_other_messages": True,
    "can_add_web_page_previews": True,
    "can_react_to_messages": True,
    "can_edit_tag": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_pin_messages": False,
    "can_manage_topics": False,
}
# By kind of message: the permission it needs (T can_send_message_content)
_NEEDS: Final[dict[str, str]] = {
    "text": "can_send_messages",
    "photo": "can_send_photos",
    "video": "can_send_videos",
    "animation": "can_send_other_messages",
    "audio": "can_send_audios",
    "document": "can_send_documents",
    "voice": "can_send_voice_notes",
    "video_note": "can_send_video_notes",
    "sticker": "can_send_other_messages",
    "poll": "can_send_polls",
    "contact": "can_send_messages",
    "location": "can_send_messages",
    "venue": "can_send_messages",
    "dice": "can_send_other_messages",
}
_BY_RIGHT_OR_PERMISSION: Final = frozenset({"can_change_info", "can_invite_users", "can_pin_messages"})


def names_in(*, channels: bool) -> tuple[str, ...]:
    """The rights an administrator of channels, or of groups, is shown with."""
    return _EVERYWHERE + (_CHANNEL if channels else _GROUP)


def granted(chat: Chat, user_id: int | None) -> frozenset[str]:
    """The rights of an administrator (None: the bot); the owner has all of them, others none."""
    status = chat.bot_status if user_id is None else chat.members.get(user_id)
    if status == "creator":
        return ALL
    if status != "administrator":
        return frozenset()
    return chat.bot_rights if user_id is None else chat.granted.get(user_id, ALL)


def bot_may(chat: Chat, right: str) -> bool:
    """Whether the bot has a right here; in a supergroup a permission of all members is as good (T)."""
    if chat.private or right in granted(chat, None):
        return True
    member_right = right in _BY_RIGHT_OR_PERMISSION and chat.kind == "supergroup" and chat.bot_status == "member"
    return member_right and chat.permissions[right]


def ensure_bot_may(chat: Chat, right: str, refusal: Refusal) -> None:
    """Raise Telegram's refusal when the bot lacks a right."""
    if not bot_may(chat, right):
        raise refusal.error()


def ensure_bot_may_send(chat: Chat, kind: str) -> None:
    """Whether the bot may put such a message here."""
    if chat.private:
        return
    if chat.kind == "channel":
        if "can_post_messages" not in granted(chat, None):
            raise errors.CHANNEL_RIGHTS.error()
    elif chat.bot_status != "administrator" and not chat.permissions[_NEEDS[kind]]:
        raise errors.NO_RIGHT_TO_SEND.error(what=errors.SENT_AS[kind])


def person_may_send(chat: Chat, user_id: int, kind: str, now: datetime) -> bool:
    """Whether a person may put such a message into a group."""
    status = chat.members.get(user_id)
    if chat.kind == "channel":
        return status == "creator" or "can_post_messages" in granted(chat, user_id)
    if status in {"creator", "administrator"} or kind not in _NEEDS:
        return True
    permission = _NEEDS[kind]
    limit = chat.restricted.get(user_id)
    if limit is not None and (limit.until is None or limit.until > now) and not limit.permissions[permission]:
        return False
    return chat.permissions[permission]


def member(chat: Chat, user_id: int | None, person: Json) -> Json:
    """A chat member with every field the present status requires; `person` is the user object, None stands for the bot."""
    status = chat.bot_status if user_id is None else chat.standing(user_id)
    return shown(chat, status, user_id, person)


def shown(chat: Chat, status: str, user_id: int | None, person: Json) -> Json:
    """The same for any status, such as the one before a change."""
    result: Json = {"status": status, "user": person}
    if status == "administrator":
        rights = chat.bot_rights if user_id is None else chat.granted.get(user_id, ALL)
        names = names_in(channels=chat.kind == "channel")
        result |= {"can_be_edited": user_id in chat.promoted_by_bot, "is_anonymous": False}
        result |= {name: name in rights for name in names}
    elif status == "creator":
        result["is_anonymous"] = False
    elif status == "kicked":
        result["until_date"] = _unix(chat.banned.get(user_id or 0))
    elif status == "restricted":
        limit = chat.restricted[user_id or 0]
        result |= {"is_member": user_id in chat.members, "until_date": _unix(limit.until), **limit.permissions}
    title = chat.titles.get(user_id or 0)
    if title and status in {"administrator", "creator"}:
        result["custom_title"] = title
    return result


def _unix(moment: datetime | None) -> int:
    return 0 if moment is None else int(moment.timestamp())
