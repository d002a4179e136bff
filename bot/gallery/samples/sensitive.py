"""What is not kept: lists of people, passwords, files that unfold."""

from collections.abc import Iterator

from bot.gallery.exhibits import Chapter, Take
from domain.sensitive import NotKept, Sensitive
from domain.unsafe_files import Unsafe, UnsafeFile
from handlers.screens import sensitive
from texts.words import Words

chapter = Chapter("Not kept")

SENSITIVE_ERRORS = (*(NotKept(what) for what in Sensitive), *(UnsafeFile(what) for what in Unsafe))


@chapter.shows(sensitive.put_away, sensitive.in_group)
def put_away(w: Words) -> Iterator[Take]:
    yield "A list of people", sensitive.put_away(Sensitive.PEOPLE, w, deleted=True)
    yield "A password, in a message that could not be deleted", sensitive.put_away(Sensitive.SECRET, w, deleted=False)
    yield "In a group, deleted", sensitive.in_group(w, deleted=True)
    yield "In a group where the bot deletes nothing", sensitive.in_group(w, deleted=False)
