"""Quiet hours: what is due arrives, but no phone rings."""

from datetime import UTC, datetime

from domain.people import Role
from tests.harness import Headquarters, Phone


def _silent(hq: Headquarters, reader: Phone, text: str) -> list[bool]:
    """For each message with `text` sent to a person: whether it came without a sound."""
    return [
        bool(entry.params.get("disable_notification"))
        for entry in hq.telegram.world.wire
        if entry.method == "sendMessage" and entry.chat_id == reader.user.user_id and text in str(entry.params["text"])
    ]


async def test_a_decision_reaches_a_sleeping_author_at_once_and_without_a_sound(hq: Headquarters) -> None:
    anna = await hq.join("Анна", Role.VOLUNTEER, "kazan")
    boris = await hq.join("Борис", Role.PRESS_SECRETARY, "kazan")
    await hq.run(lambda uow: uow.people.update(anna.id, zone="Asia/Vladivostok"))
    await anna.send("Открыли спортивную площадку")
    await anna.press("VK Казань")
    await anna.press("Отправить")
    await hq.move_to(datetime(2026, 9, 7, 13, 0, tzinfo=UTC))  # 16:00 in Moscow, 23:00 in Vladivostok
    await boris.press("Открыть очередь")
    await boris.press("Одобрить")
    await hq.advance(minutes=1)  # it stands
    assert _silent(hq, anna, "Одобрено: Борис") == [True]
    rung = _silent(hq, boris, "ждёт")
    assert rung
    assert not any(rung)
