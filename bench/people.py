"""People for benches who have joined long ago: joining is not what is measured."""

from datetime import UTC, datetime, time

from domain.people import Role
from domain.ports import Database, UnitOfWork
from playground import User


async def enrol(db: Database, user: User, role: Role, region: str) -> None:
    """A person with this account and one role."""
    now = datetime.now(UTC)

    async def enter(uow: UnitOfWork) -> None:
        person = await uow.people.add(
            telegram_id=user.user_id,
            username="",
            name=user.first_name,
            language="en",
            zone="Europe/Moscow",
            region=region,
            digest_at=time(8),
            quiet_from=time(22),
            quiet_to=time(8),
            now=now,
        )
        await uow.people.add_membership(person.id, role, region, None, now)

    await db.run(enter)


def buttons(user: User) -> list[str]:
    """The data of every button on a person's phone, newest message first."""
    newest = reversed([m for m in user.chat.messages if m.from_bot])
    return [button.data for message in newest for row in message.buttons for button in row if button.data]
