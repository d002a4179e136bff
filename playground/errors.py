"""The one table of error texts. No other module of the playground spells one out.

Sources: S official Bot API server, T TDLib, D documentation, A measured through aiogram, - unsourced (known from
practice or ours). `malformed` marks what a correct program never sends: those become violations of the world.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

PREFIXES: Final = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
}


class ApiError(Exception):
    """A refused request as the person at the other end of the wire sees it."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None, *, malformed: bool = False
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters or {}
        self.malformed = malformed


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row of the table; `error()` makes what is to be raised."""

    code: int
    text: str
    source: str
    malformed: bool = False
    bare: bool = field(default=False)

    def error(self, parameters: dict[str, Any] | None = None, **fields: object) -> ApiError:
        """The error with its `{fields}` filled in and Telegram's prefix in front."""
        text = self.text.format(**fields) if fields else self.text
        if not self.bare:
            text = f"{PREFIXES[self.code]}: {text}"
        return ApiError(self.code, text, parameters, malformed=self.malformed)


# The connection itself
UNAUTHORIZED = Refusal(401, "Unauthorized", "S", bare=True)
INVALID_TOKEN = Refusal(401, "invalid token specified", "S")
UNKNOWN_METHOD = Refusal(404, "method not found", "S", malformed=True)
NOT_MODELLED = Refusal(501, "method {method} is not modelled by the playground", "-", malformed=True)
REQUEST_TOO_BIG = Refusal(413, "Request Entity Too Large", "S", malformed=True, bare=True)
UNREADABLE_REQUEST = Refusal(400, "can't read the request body: {detail}", "-", malformed=True)
NOT_UTF8 = Refusal(400, "strings must be encoded in UTF-8", "T", malformed=True)
INTERNAL = Refusal(500, "the playground broke its own contract: {detail}", "-", malformed=True)

# Polling
OTHER_POLLER = Refusal(
    409, "terminated by other getUpdates request; make sure that only one bot instance is running", "S"
)
SET_WEBHOOK_CAME = Refusal(409, "terminated by setWebhook request", "S")
WEBHOOK_ACTIVE = Refusal(
    409, "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", "S"
)
WEBHOOK_HTTPS = Refusal(400, "bad webhook: An HTTPS URL must be provided for webhook", "S", malformed=True)
WEBHOOK_PORT = Refusal(400, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", "S", malformed=True)
WEBHOOK_URL = Refusal(400, "invalid webhook URL specified", "S", malformed=True)
WEBHOOK_ANSWERED = Refusal(0, "Wrong response from the webhook: {status} {reason}", "S", bare=True)
WEBHOOK_UNREACHABLE = Refusal(0, "Can't reach the webhook: {detail}", "-", bare=True)
SECRET_TOO_LONG = Refusal(400, "secret token is too long", "S", malformed=True)
SECRET_CHARACTERS = Refusal(400, "secret token contains unallowed characters", "S", malformed=True)

# Parameters
UNKNOWN_PARAMETER = Refusal(400, 'unknown parameter "{name}"', "-", malformed=True)
PARAMETER_REQUIRED = Refusal(400, 'parameter "{name}" is required', "S", malformed=True)
PARAMETER_INVALID = Refusal(400, 'parameter "{name}" is invalid: {detail}', "-", malformed=True)
PARAMETER_UNMODELLED = Refusal(501, 'parameter "{name}" is not modelled by the playground', "-", malformed=True)
CHAT_ID_EMPTY = Refusal(400, "chat_id is empty", "S", malformed=True)
MESSAGE_ID_MISSING = Refusal(400, "message identifier is not specified", "S", malformed=True)
MESSAGE_IDS_MISSING = Refusal(400, "message identifiers are not specified", "S", malformed=True)
TOO_MANY_MESSAGE_IDS = Refusal(400, "too many message identifiers specified", "S", malformed=True)
WRONG_ACTION = Refusal(400, "wrong parameter action in request", "S", malformed=True)

# Who can be reached
CHAT_NOT_FOUND = Refusal(400, "chat not found", "S")
CANT_INITIATE = Refusal(403, "bot can't initiate conversation with a user", "T")
BLOCKED = Refusal(403, "bot was blocked by the user", "S")
DEACTIVATED = Refusal(403, "user is deactivated", "S")
KICKED = Refusal(403, "bot was kicked from the {kind} chat", "S")
NOT_A_MEMBER = Refusal(403, "bot is not a member of the {kind} chat", "S")
GROUP_UPGRADED = Refusal(400, "group chat was upgraded to a supergroup chat", "S")
CHANNEL_RIGHTS = Refusal(400, "need administrator rights in the channel chat", "T")
USER_NOT_FOUND = Refusal(400, "user not found", "S")
NO_ADMINISTRATORS = Refusal(400, "there are no administrators in the private chat", "S")
NO_RIGHTS = Refusal(400, "not enough rights", "T")
NO_RIGHT_TO_SEND = Refusal(400, "not enough rights to send {what} to the chat", "T")
NO_RIGHT_TO_PIN = Refusal(400, "not enough rights to manage pinned messages in the chat", "T")
NO_RIGHT_TO_RESTRICT = Refusal(400, "not enough rights to restrict/unrestrict chat member", "T")
NO_RIGHT_TO_PERMISSIONS = Refusal(400, "not enough rights to change chat permissions", "T")
NO_RIGHT_TO_TITLE = Refusal(400, "not enough rights to change chat title", "T")
NO_RIGHT_TO_DESCRIPTION = Refusal(400, "not enough rights to set chat description", "T")
NO_RIGHT_TO_CUSTOM_TITLE = Refusal(400, "not enough rights to change custom title of the user", "S")
NO_RIGHT_TO_INVITE = Refusal(400, "not enough rights to manage chat invite link", "T")
NO_RIGHT_TO_REQUESTS = Refusal(400, "not enough rights to manage chat join requests", "T")
NO_RIGHT_TO_OPEN_TOPIC = Refusal(400, "not enough rights to create a topic", "T")
NO_RIGHT_TO_EDIT_TOPIC = Refusal(400, "not enough rights to edit the topic", "T")
NO_RIGHT_TO_CLOSE_TOPIC = Refusal(400, "not enough rights to close or open the topic", "T")
NO_RIGHT_TO_DELETE_TOPIC = Refusal(400, "not enough rights to delete the topic", "T")
NOT_A_FORUM = Refusal(400, "the chat is not a forum", "T")
THREAD_NOT_FOUND = Refusal(400, "message thread not found", "S")
TOPIC_CLOSED = Refusal(400, "TOPIC_CLOSED", "-")
TOPIC_NOT_MODIFIED = Refusal(400, "TOPIC_NOT_MODIFIED", "T")
TOPIC_INVALID = Refusal(400, "TOPIC_ID_INVALID", "-")
PRIVATE_LEAVE = Refusal(400, "can't leave private chats", "T")
PRIVATE_MEMBERS = Refusal(400, "chat member status can't be changed in private chats", "T")
PRIVATE_INVITE = Refusal(400, "can't invite members to a private chat", "T")
LINK_LIMIT_AND_REQUEST = Refusal(
    400, "member limit can't be specified for links requiring administrator approval", "T", malformed=True
)
NOT_IN_CHANNELS_OR_SUPERGROUPS = Refusal(400, "method is available for supergroup and channel chats only", "S")
ONLY_IN_SUPERGROUPS = Refusal(400, "method is available only for supergroups", "S")
ONLY_IN_GROUPS = Refusal(400, "method is available only for groups and supergroups", "S")
OWNER_UNTOUCHABLE = Refusal(400, "can't remove chat owner", "T")
SELF_UNTOUCHABLE = Refusal(400, "can't restrict self", "T")
ADMINISTRATOR_UNTOUCHABLE = Refusal(400, "user is an administrator of the chat", "S")
NOT_AN_ADMINISTRATOR = Refusal(400, "user is not an administrator", "S")
PROMOTE_SELF = Refusal(400, "can't promote self", "T")
TITLE_EMPTY = Refusal(400, "title must be non-empty", "T", malformed=True)
PRIVATE_TITLE = Refusal(400, "can't change private chat title", "T")
DESCRIPTION_NOT_MODIFIED = Refusal(400, "chat description is not modified", "S")
TOPIC_NAME_EMPTY = Refusal(400, "name must be non-empty", "T", malformed=True)
LINK_UNKNOWN = Refusal(400, "INVITE_HASH_EXPIRED", "-")
JOIN_REQUEST_UNKNOWN = Refusal(400, "HIDE_REQUESTER_MISSING", "-")

# Text
TEXT_EMPTY = Refusal(400, "message text is empty", "S", malformed=True)
TEXT_BLANK = Refusal(400, "text must be non-empty", "T", malformed=True)
RAW_TEXT_TOO_LONG = Refusal(400, "text is too long", "S", malformed=True)
MESSAGE_TOO_LONG = Refusal(400, "message is too long", "T", malformed=True)
CAPTION_TOO_LONG = Refusal(400, "message caption is too long", "T", malformed=True)
PARSE_MODE = Refusal(400, "unsupported parse_mode", "S", malformed=True)
ENTITIES = Refusal(400, "{detail}", "T", malformed=True)  # the detail comes from Telegram's own parser
ANSWER_TOO_LONG = Refusal(400, "MESSAGE_TOO_LONG", "-", malformed=True)
REPLY_NOT_FOUND = Refusal(400, "message to be replied not found", "S")
QUOTE_INVALID = Refusal(400, "QUOTE_TEXT_INVALID", "-")

# Keyboards
BUTTON_DATA_INVALID = Refusal(400, "BUTTON_DATA_INVALID", "S", malformed=True)
BUTTON_TEXT_EMPTY = Refusal(400, "inline keyboard button text must be non-empty", "T", malformed=True)
KEY_TEXT_EMPTY = Refusal(400, "keyboard button text must be non-empty", "T", malformed=True)
BUTTON_WITHOUT_ACTION = Refusal(400, "text buttons are unallowed in the inline keyboard", "S", malformed=True)
BUTTON_TWO_ACTIONS = Refusal(400, "inline keyboard button must have exactly one action", "D", malformed=True)
BUTTON_URL = Refusal(400, "inline keyboard button URL '{url}' is invalid: {detail}", "T", malformed=True)
WEB_APP_URL = Refusal(400, "inline keyboard button Web App URL '{url}' is invalid: {detail}", "T", malformed=True)
COPY_TEXT_INVALID = Refusal(400, "BUTTON_COPY_TEXT_INVALID", "-", malformed=True)
MARKUP_TOO_LONG = Refusal(400, "reply markup is too long", "S", malformed=True)
KEY_PRIVATE_ONLY = Refusal(400, "{what} can be requested in private chats only", "T", malformed=True)
MARKUP_NOT_INLINE = Refusal(400, "inline keyboard expected", "T", malformed=True)

# Media and files
NO_MEDIA = Refusal(400, "there is no {kind} in the request", "S", malformed=True)
EMPTY_FILE = Refusal(400, "file must be non-empty", "T", malformed=True)
ATTACHMENT_MISSING = Refusal(400, "there is no attached file named {name}", "-", malformed=True)
WRONG_FILE_ID = Refusal(400, "wrong file identifier/HTTP URL specified", "T")
WRONG_FILE_KIND = Refusal(400, "can't use file of type {actual} as {wanted}", "T", malformed=True)
PHOTO_DIMENSIONS = Refusal(400, "PHOTO_INVALID_DIMENSIONS", "D", malformed=True)
URL_UNREACHABLE = Refusal(400, "failed to get HTTP URL content", "S")
FILE_TOO_BIG = Refusal(400, "file is too big", "S")
PHOTO_TOO_BIG = Refusal(400, "too big file for a photo", "-", malformed=True)
FILE_ID_MISSING = Refusal(400, "file_id not specified", "S", malformed=True)
FILE_UNAVAILABLE = Refusal(400, "wrong file_id or the file is temporarily unavailable", "S")
ALBUM_TOO_LONG = Refusal(400, "too many messages to send as an album", "T", malformed=True)
ALBUM_EMPTY = Refusal(400, "there are no messages to send", "T", malformed=True)
ALBUM_TOO_SHORT = Refusal(400, "an album must include 2-10 items", "D", malformed=True)
ALBUM_MIXED = Refusal(400, "{kind} can't be mixed with other media types", "T", malformed=True)
NO_FILE_IN_PATH = Refusal(404, "Not Found", "S", bare=True)

# Editing, deleting, pinning, forwarding
NOT_MODIFIED = Refusal(
    400,
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message",
    "S",
)
EDIT_NOT_FOUND = Refusal(400, "message to edit not found", "S")
CANT_EDIT = Refusal(400, "message can't be edited", "T")
NO_TEXT_TO_EDIT = Refusal(400, "there is no text in the message to edit", "T")
NO_CAPTION_TO_EDIT = Refusal(400, "there is no caption in the message to edit", "T")
MEDIA_CANT_EDIT = Refusal(400, "message media can't be edited", "T")
ALBUM_CHANGE = Refusal(400, "can't change media type in the album", "T")
DELETE_NOT_FOUND = Refusal(400, "message to delete not found", "S")
CANT_DELETE = Refusal(400, "message can't be deleted", "S")
PIN_NOT_FOUND = Refusal(400, "message to pin not found", "S")
CANT_PIN_SERVICE = Refusal(400, "service messages can't be pinned", "T")
UNPIN_NOT_FOUND = Refusal(400, "message to unpin not found", "S")
COPY_NOT_FOUND = Refusal(400, "message to copy not found", "S")
FORWARD_NOT_FOUND = Refusal(400, "message to forward not found", "S")
IDS_NOT_GROWING = Refusal(400, "message identifiers must be in a strictly increasing order", "T", malformed=True)
CANT_COPY = Refusal(400, "message can't be copied", "-")
CANT_FORWARD = Refusal(400, "message can't be forwarded", "S")
REACT_NOT_FOUND = Refusal(400, "message to react not found", "S")
REACTION_INVALID = Refusal(400, "REACTION_INVALID", "-", malformed=True)

DICE_EMOJI = Refusal(400, "wrong dice emoji", "-", malformed=True)

# Polls
POLL_QUESTION_LONG = Refusal(400, "poll question length must not exceed 300", "T", malformed=True)
POLL_OPTION_EMPTY = Refusal(400, "poll option must be non-empty", "T", malformed=True)
POLL_OPTION_LONG = Refusal(400, "poll options length must not exceed 100", "T", malformed=True)
POLL_NO_OPTIONS = Refusal(400, "poll must have at least one answer option", "T", malformed=True)
POLL_OPTIONS_MANY = Refusal(400, "poll can't have more than {most} options", "T", malformed=True)
POLL_TYPE = Refusal(400, "unsupported poll type specified", "S", malformed=True)
POLL_IN_CHANNEL = Refusal(400, "non-anonymous polls can't be sent to channel chats", "T", malformed=True)
QUIZ_WITHOUT_ANSWER = Refusal(400, "correct quiz option list must be non-empty", "T", malformed=True)
QUIZ_WRONG_ANSWER = Refusal(400, "wrong quiz correct_option_id", "T", malformed=True)
QUIZ_ANSWERS_ORDER = Refusal(400, "correct quiz option list must be increasing", "T", malformed=True)
STOP_NOT_FOUND = Refusal(400, "message with poll to stop not found", "S")
NOT_A_POLL = Refusal(400, "message is not a poll", "T")
POLL_CANT_STOP = Refusal(400, "poll can't be stopped", "T")
POLL_ALREADY_CLOSED = Refusal(400, "poll has already been closed", "T")

# Button presses
QUERY_TOO_OLD = Refusal(400, "query is too old and response timeout expired or query ID is invalid", "S")

ANSWER_URL = Refusal(400, "URL_INVALID", "-", malformed=True)

# The bot's own card
LANGUAGE_INVALID = Refusal(400, "invalid language code specified", "T", malformed=True)
TOO_MANY_COMMANDS = Refusal(400, "BOT_COMMANDS_TOO_MUCH", "-", malformed=True)
COMMAND_INVALID = Refusal(400, "BOT_COMMAND_INVALID", "-", malformed=True)
COMMAND_DESCRIPTION = Refusal(400, "command description must be non-empty", "T", malformed=True)
COMMAND_DESCRIPTION_LONG = Refusal(400, "command description length must not exceed 256", "T", malformed=True)
COMMAND_EMPTY = Refusal(400, "command must be non-empty", "T", malformed=True)
COMMAND_LONG = Refusal(400, "command length must not exceed 32", "T", malformed=True)
OWN_TEXT_TOO_LONG = Refusal(400, "{what} is too long", "D", malformed=True)

# Too much, and what faults say
RETRY_AFTER = Refusal(429, "retry after {seconds}", "S")
TOO_MANY_BARE = Refusal(429, "Too Many Requests", "A", bare=True)
SERVER_TROUBLE = Refusal(500, "Internal Server Error", "S", bare=True)
BAD_GATEWAY = Refusal(502, "Bad Gateway", "S", bare=True)

# What stands in the {gaps} of the rows above
SENT_AS: Final = {  # T can_send_message_content
    "text": "text messages",
    "photo": "photos",
    "video": "videos",
    "animation": "animations",
    "audio": "music",
    "document": "documents",
    "voice": "voice notes",
    "video_note": "video notes",
    "sticker": "stickers",
    "poll": "polls",
    "contact": "contacts",
    "location": "locations",
    "venue": "venues",
    "dice": "dice",
}
ASKED_FOR: Final = {  # T KeyboardButton::get_keyboard_button
    "request_contact": "phone number",
    "request_location": "location",
    "request_poll": "poll",
    "request_users": "users",
    "request_chat": "chats",
}
WRONG_HTTP_URL: Final = "Wrong HTTP URL"  # T LinkManager::check_link_impl
ONLY_HTTPS: Final = "Only HTTPS links are allowed"  # T
OBJECT_EXPECTED: Final = "an object is expected"
FILE_EXPECTED: Final = "a file is expected"
UNKNOWN_NAME: Final = "unknown name {name}"

HTML_BAD_GATEWAY: Final = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n"
    "<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)

TABLE: Final[dict[str, Refusal]] = {name: row for name, row in globals().items() if isinstance(row, Refusal)}
