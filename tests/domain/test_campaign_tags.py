"""Campaign tags: what is added to which links, and that nothing else is touched."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.campaign_tags import NO_TAGS, TagRule, handed_out, tagged, tagged_domains
from domain.platforms import Platform, fits
from domain.readings import as_published
from tests.harness import PAGES

PAGE = PAGES[0]
RULE = TagRule(("example.org",), "осень 26")
TAGS = "utm_source=vk&utm_medium=social&utm_campaign=%D0%BE%D1%81%D0%B5%D0%BD%D1%8C%2026&utm_content=vk-kazan"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org", f"https://example.org?{TAGS}"),
        ("Читайте: https://www.example.org/a.", f"Читайте: https://www.example.org/a?{TAGS}."),
        ("https://example.org/a?b=1#c", f"https://example.org/a?b=1&{TAGS}#c"),
        ("Были на https://example.org/a?", f"Были на https://example.org/a?{TAGS}?"),
        ("(https://example.org/a)", f"(https://example.org/a?{TAGS})"),
        ("https://example.org/a_(b)", f"https://example.org/a_(b)?{TAGS}"),
        ("«https://EXAMPLE.org/a»", f"«https://EXAMPLE.org/a?{TAGS}»"),
    ],
)
def test_links_to_own_sites_get_the_tags(text: str, expected: str) -> None:
    assert tagged(text, PAGE, RULE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "https://vk.com/wall-1_1",
        "https://notexample.org/a",
        "https://example.org.evil.net/a",
        "https://example.org/a?utm_source=flyer",
        "example.org",
        "https://[broken",
        "Без ссылок",
    ],
)
def test_everything_else_stays_as_it_was_approved(text: str) -> None:
    assert tagged(text, PAGE, RULE) == text
    assert tagged_domains("https://vk.com/a", RULE) == ()


@given(st.text(alphabet="аб https://example.org?&=#().,\n", max_size=80))
def test_without_own_sites_nothing_changes_and_twice_is_once(text: str) -> None:
    once = tagged(text, PAGE, RULE)

    assert tagged(text, PAGE, NO_TAGS) == text
    assert tagged(once, PAGE, RULE) == once


@given(st.from_regex(r"/[a-z0-9/]{0,20}(\?[a-z]=[0-9])?(#[a-z]{1,5})?", fullmatch=True))
def test_a_tagged_link_leads_to_the_same_place(path: str) -> None:
    url = f"https://example.org{path}"
    new = urlsplit(tagged(url, PAGE, RULE))
    old = urlsplit(url)

    assert (new.hostname, new.path, new.fragment) == (old.hostname, old.path, old.fragment)
    assert parse_qs(new.query)["utm_campaign"] == ["осень 26"]
    assert parse_qs(old.query).items() <= parse_qs(new.query).items()


def test_where_tags_would_make_it_too_long_the_links_stay() -> None:
    page = replace(PAGE, platform=Platform.TELEGRAM)
    room = 4096 - len(as_published("", page.imprint)) - 2
    text = "а" * (room - 21) + " https://example.org/"
    assert fits(page.platform, as_published(text, page.imprint))
    assert handed_out(text, page, (), RULE) == text
    assert "utm_source=telegram" in handed_out(text[200:], page, (), RULE)


def test_an_approver_is_told_to_which_sites() -> None:
    text = "https://a.example.org/x, https://vk.com/y и https://a.example.org/z."

    assert tagged_domains(text, RULE) == ("a.example.org",)
