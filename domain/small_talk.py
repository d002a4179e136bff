"""Messages that are an answer between people and no post: thanks, "ok", "done"."""

import re
from enum import StrEnum

from domain.typed_dates import plain


class SmallTalk(StrEnum):
    DONE = "done"
    """They say that something is posted; what counts is the link."""
    OTHER = "other"


_NOT_A_WORD = re.compile(r"[^\w]+")
_DONE = re.compile(
    "готово|все готово|сделано|сделал|сделала|все сделано|уже сделано|уже сделала|уже сделал|опубликовано|опубликовал"
    "|опубликовала|уже опубликовал|уже опубликовала|выложил|выложила|выложено|разместил|разместила|размещено|запостил"
    "|запостила|пост вышел|вышло|отправил|отправила|done|all done|posted|published|its done|it is done"
)
_OTHER = re.compile(
    "ок|окей|оке|ok|okay|хорошо|ладно|понял|поняла|понятно|все понятно|ясно|принято|принял|приняла|договорились|спасибо"
    "|большое спасибо|спасибо большое|спс|благодарю|пожалуйста|да|нет|ага|угу|отлично|супер|класс|здорово|молодцы|привет"
    "|здравствуйте|пока|до свидания|thanks|thank you|thank you very much"
    "|many thanks|thx|yes|no|yep|nope|got it|understood|great|good|cool|nice|hi|hello|hey|bye"
)


def small_talk(text: str) -> SmallTalk | None:
    """What a whole message is, whatever signs and emoji stand around; without any letter or digit it is OTHER."""
    said = _NOT_A_WORD.sub(" ", plain(text).replace("'", "").replace("’", "")).strip()
    if _DONE.fullmatch(said):
        return SmallTalk.DONE
    return SmallTalk.OTHER if not said or _OTHER.fullmatch(said) else None


def is_small_talk(text: str) -> bool:
    """Whether nobody could want this published."""
    return small_talk(text) is not None
