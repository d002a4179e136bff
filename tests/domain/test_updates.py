"""What is kept of an update before anybody has looked into it."""

from aiogram.types import Message, Update

from bot.updates import needed

WHO = {"id": 7, "is_bot": False, "first_name": "Анна"}
CARD = {
    "message_id": 12,
    "date": 1_788_757_200,
    "chat": {"id": -1001, "type": "supergroup", "title": "Штаб", "is_forum": True},
    "from": {"id": 42, "is_bot": True, "first_name": "Штаб"},
    "message_thread_id": 3,
    "is_topic_message": True,
    "text": "Двор открыт",
    "entities": [{"type": "bold", "offset": 0, "length": 4}],
    "reply_markup": {"inline_keyboard": [[{"text": "Да", "callback_data": "a:ok:1"}]]},
}
PRESS = {"update_id": 9, "callback_query": {"id": "1", "from": WHO, "chat_instance": "1", "data": "a:ok:1"}}


def _pressed(message: object) -> dict[str, object]:
    return PRESS | {"callback_query": PRESS["callback_query"] | {"message": message}}  # type: ignore[operator]  # a dict


def test_of_a_pressed_message_only_where_it_is_is_kept() -> None:
    kept = needed(_pressed(CARD))
    assert "Двор" not in str(kept)
    assert "inline_keyboard" not in str(kept)
    query = Update.model_validate(kept).callback_query
    assert query is not None
    assert isinstance(query.message, Message)
    assert query.data == "a:ok:1"
    assert (query.message.chat.id, query.message.message_id, query.message.message_thread_id) == (-1001, 12, 3)
    assert query.message.is_topic_message


def test_what_is_no_press_or_cannot_be_read_stays_as_it_came() -> None:
    written = {"update_id": 9, "message": CARD | {"from": WHO}}
    for update in (written, PRESS, _pressed("?"), _pressed(None), {"update_id": 9, "callback_query": "?"}):
        assert needed(update) == update


def test_a_message_that_telegram_no_longer_has_stays_one() -> None:
    gone = {"message_id": 12, "date": 0, "chat": CARD["chat"]}
    assert needed(_pressed(gone)) == _pressed(gone)
