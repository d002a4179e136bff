"""Names, texts and file names can neither break a sentence nor add formatting to it, as Telegram's own parser reads it."""

import pytest

from bench.hostile import escaped, judge, measure, message, sentences, strings, unescaped
from playground.formatting import parser_available

pytestmark = pytest.mark.skipif(not parser_available(), reason="tdjson is not installed here")


@pytest.mark.slow
def test_no_string_breaks_or_forges_any_sentence() -> None:
    found = measure(250, seed=7)
    assert found["templates"] > 1500
    assert found["read"] == found["templates"] * found["strings"]
    assert (found["broken"], found["forged"]) == (0, 0), found["examples"]


@pytest.mark.slow  # every sentence is read
def test_without_escaping_the_same_check_fails() -> None:
    bold = next(one for one in sentences() if "<b>" in one.form and not one.addresses)
    assert judge(message(bold, ["Anna"], unescaped)) == "fine"
    assert judge(message(bold, ["</b>"], unescaped)) == "broken"
    assert judge(message(bold, ["<i>Anna</i>"], unescaped)) != "fine"
    assert judge(message(bold, ["<i>Anna</i>", "</b>", "&lt;"], escaped)) == "fine"


def test_every_piece_is_among_the_strings() -> None:
    assert len(set(strings(200, 1))) > 150
