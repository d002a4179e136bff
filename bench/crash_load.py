"""Who makes the load: volunteers write and hand in, a press secretary decides, a manager writes to all. Each notes what must be found.

They press only what they see, and each press notes what must follow from it once Telegram has handed it over.
"""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from domain.pages import page_key
from playground import Message, User

PAGE = "vk-kazan"
LOOK_BACK = 40
"""Messages of the bot, newest first, in which somebody looks for a button."""
DOUBLE_TAP = 0.15


@dataclass
class Deeds:
    """What was done; drafts and broadcasts by number."""

    texts: list[str] = field(default_factory=list)
    paged: set[int] = field(default_factory=set)
    submitted: set[int] = field(default_factory=set)
    approved: set[int] = field(default_factory=set)
    broadcasts: set[int] = field(default_factory=set)


def newest(user: User) -> Iterator[Message]:
    """The bot's messages that are still there, newest first."""
    there = (m for m in reversed(user.chat.by_id.values()) if m.from_bot and not m.deleted)
    return itertools.islice(there, LOOK_BACK)


def seen(user: User, prefix: str) -> Iterator[tuple[Message, str, int, int]]:
    """Buttons whose data begin so: the message, the data, its id and its version."""
    for message in newest(user):
        for row in message.buttons:
            for button in row:
                if button.data and button.data.startswith(prefix):
                    _, _, number, version, *_ = button.data.split(":")
                    yield message, button.data, int(number), int(version)


class Load:
    """`act` is one thing that somebody does."""

    def __init__(self, volunteers: list[User], press: User, manager: User, chance: random.Random) -> None:
        self.volunteers = volunteers
        self.press = press
        self.manager = manager
        self.deeds = Deeds()
        self._chance = chance
        self._numbers = itertools.count(1)
        self._asked_for_text = False

    def act(self) -> None:
        """Mostly volunteers; now and then who decides, seldom who writes to all."""
        dice = self._chance.random()
        if dice < 0.2 and self._decide():
            return
        if dice < 0.25:
            self._write_to_all()
            return
        volunteer = self._chance.choice(self.volunteers)
        if self._chance.random() < 0.4 or not (self._hand_in(volunteer) or self._choose_page(volunteer)):
            text = f"text {next(self._numbers):06d}."
            volunteer.send(text)
            self.deeds.texts.append(text)

    def _choose_page(self, volunteer: User) -> bool:
        for message, data, draft, _ in seen(volunteer, "d:page:"):
            if draft not in self.deeds.paged and data.endswith(page_key(PAGE)):
                self.deeds.paged.add(draft)
                self._press(volunteer, message, data)
                return True
        return False

    def _hand_in(self, volunteer: User) -> bool:
        for message, data, draft, _ in seen(volunteer, "d:submit:"):
            # The page was chosen before, in the same chat: it is handled first.
            if draft in self.deeds.paged and draft not in self.deeds.submitted:
                self.deeds.submitted.add(draft)
                # Twice at once: handed in once all the same.
                self._press(volunteer, message, data, twice=self._chance.random() < DOUBLE_TAP)
                return True
        return False

    def _decide(self) -> bool:
        """Approve what its author sees as handed in."""
        anchor = next((message for message in newest(self.press) if message.markup), None)
        if anchor is None:
            return False
        for volunteer in self._chance.sample(self.volunteers, len(self.volunteers)):
            for _, _, draft, version in seen(volunteer, "d:take:"):
                if draft not in self.deeds.approved:
                    self.deeds.approved.add(draft)
                    twice = self._chance.random() < DOUBLE_TAP
                    self._press(self.press, anchor, f"a:ok:{draft}:{version}:", twice=twice)
                    return True
        return False

    def _write_to_all(self) -> None:
        """One step on the way: the command, the text, the button, the confirmation."""
        for message, data, number, _ in seen(self.manager, "bc:send!:"):
            if number not in self.deeds.broadcasts:
                self.deeds.broadcasts.add(number)
                self._press(self.manager, message, data)
                return
        for message, data, number, _ in seen(self.manager, "bc:send:"):
            if number not in self.deeds.broadcasts:
                self._press(self.manager, message, data)
                return
        if self._asked_for_text:
            self.manager.send(f"to all {next(self._numbers):06d}.")
        else:
            self.manager.send("/broadcast")
        self._asked_for_text = not self._asked_for_text

    def _press(self, user: User, message: Message, data: str, *, twice: bool = False) -> None:
        for _ in range(1 + twice):
            user.press_raw(message, data)
