"""Each network's own text, files that fit, descriptions of pictures, links on their own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain import drafts
from domain.content_digest import content_digest
from domain.diff import Change
from domain.drafts import Draft, DraftState, MediaRef, Variant
from domain.link_drafts import bare_link, host_of, proposal
from domain.media_rules import MEGABYTE, PUBLISHABLE, Fault, find_fault
from domain.pages import Page, PageKind
from domain.people import EVERYWHERE
from domain.platforms import RULES, Platform
from domain.readings import ensure_fits, ensure_submittable, networks_of, own_changes, previews

NOW = datetime(2026, 9, 7, 5, tzinfo=UTC)
DRAFT = Draft(1, 1, "kazan", DraftState.WRITING, 1, "Общий текст", (), (), "", NOW, None, None)
VK = Page("vk", Platform.VK, PageKind.GROUP, "VK", "kazan", "Europe/Moscow", (), "Штаб", 1, None, active=True)
TWIN = replace(VK, code="vk2", title="VK 2", imprint="Другой штаб")
X = replace(VK, code="x", platform=Platform.X, title="X", region=EVERYWHERE, kind=PageKind.OFFICIAL)
TG = replace(VK, code="tg", platform=Platform.TELEGRAM, title="Телеграм")


def files(*kinds: str) -> tuple[MediaRef, ...]:
    return tuple(MediaRef(f"{n:064x}", kind) for n, kind in enumerate(kinds))


# --- a text per network ----------------------------------------------------------------------------------------------


def test_a_network_with_a_text_of_its_own_reads_it_with_each_pages_imprint() -> None:
    own = drafts.with_variant(DRAFT, Platform.VK, "Для ВК", NOW)
    assert [(p.text, p.own) for p in previews(own, [VK, TWIN, X])] == [
        ("Для ВК\n\nШтаб", True),
        ("Для ВК\n\nДругой штаб", True),
        ("Общий текст\n\nШтаб", False),
    ]


def test_a_text_of_its_own_is_a_new_version_that_a_decision_is_bound_to() -> None:
    own = drafts.with_variant(DRAFT, Platform.X, "Коротко", NOW)
    assert (own.version, own.variants, own.text) == (2, (Variant(Platform.X, "Коротко"),), "Общий текст")
    assert content_digest(own.text, own.media, own.variants) != content_digest(DRAFT.text, DRAFT.media)


def test_texts_stand_in_the_order_of_the_networks_and_the_last_one_for_a_network_counts() -> None:
    own = DRAFT
    for network, text in ((Platform.TELEGRAM, "т"), (Platform.VK, "в"), (Platform.TELEGRAM, "тг")):
        own = drafts.with_variant(own, network, text, NOW)
    assert own.variants == (Variant(Platform.VK, "в"), Variant(Platform.TELEGRAM, "тг"))


@pytest.mark.parametrize("text", ["", "  \n", "Общий текст"])
def test_nothing_or_the_master_itself_is_no_text_of_its_own(text: str) -> None:
    own = drafts.with_variant(DRAFT, Platform.X, "Коротко", NOW)
    assert drafts.with_variant(own, Platform.X, text, NOW).variants == ()


def test_a_changed_master_leaves_the_others_as_they_are() -> None:
    own = drafts.with_variant(DRAFT, Platform.X, "Коротко", NOW)
    changed = drafts.with_content(own, "Иначе", (), NOW)
    assert (changed.text_for(Platform.X), changed.text_for(Platform.VK)) == ("Коротко", "Иначе")


def test_what_is_too_long_for_one_network_fits_with_a_text_of_its_own() -> None:
    long = replace(DRAFT, text="я" * 300)
    with pytest.raises(drafts.TooLong):
        ensure_fits(long, [VK, X])
    ensure_fits(drafts.with_variant(long, Platform.X, "я" * 274, NOW), [VK, X])
    with pytest.raises(drafts.TooLong) as over:
        ensure_fits(drafts.with_variant(long, Platform.X, "я" * 275, NOW), [VK, X])
    assert over.value.measure.left == -1  # with the imprint


def test_texts_of_networks_without_a_page_are_nobodys_reading() -> None:
    own = drafts.with_variant(DRAFT, Platform.X, "я" * 300, NOW)
    ensure_fits(own, [VK])
    assert networks_of([X, VK, TWIN]) == [Platform.VK, Platform.X]


def test_what_changed_is_told_network_by_network() -> None:
    old = drafts.with_variant(DRAFT, Platform.X, "Коротко о деле", NOW)
    new = drafts.with_variant(replace(old, text="Другой текст"), Platform.X, "Кратко о деле", NOW)
    ((network, pieces),) = own_changes(old, new)
    assert network is Platform.X
    assert [p.text for p in pieces if p.change is Change.REMOVED] == ["Коротко"]
    back = drafts.with_variant(old, Platform.X, "", NOW)
    ((_, pieces),) = own_changes(old, back)
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == "Общий текст"
    assert own_changes(old, replace(old, text="Другой текст")) == ()


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("network", "kinds", "fault"),
    [
        (Platform.X, ["photo"] * 4, None),
        (Platform.X, ["video"], None),
        (Platform.X, ["photo"] * 5, Fault.TOO_MANY),
        (Platform.X, ["photo", "video"], Fault.NOT_TOGETHER),
        (Platform.X, ["video", "video"], Fault.TOO_MANY_OF_KIND),
        (Platform.VK, ["photo"] * 9 + ["video"], None),
        (Platform.VK, ["photo"] * 11, Fault.TOO_MANY),
        (Platform.TELEGRAM, ["photo", "video"], None),
        (Platform.TELEGRAM, ["photo", "animation"], Fault.NOT_TOGETHER),
        (Platform.X, ["voice", "document", "audio"] * 5, None),
    ],
)
def test_which_files_go_together(network: Platform, kinds: list[str], fault: Fault | None) -> None:
    found = find_fault(RULES[network].media, [(kind, 0) for kind in kinds])
    assert (found and found.fault) == fault


def test_a_file_may_be_as_large_as_the_network_says_and_no_byte_larger() -> None:
    rule = RULES[Platform.X].media
    assert find_fault(rule, [("photo", 5 * MEGABYTE)]) is None
    found = find_fault(rule, [("photo", 100), ("photo", 5 * MEGABYTE + 1)])
    assert found is not None
    assert (found.fault, found.n, found.limit) == (Fault.TOO_LARGE, 5 * MEGABYTE + 1, 5 * MEGABYTE)


def test_files_that_do_not_fit_keep_a_draft_from_being_handed_in() -> None:
    both = replace(DRAFT, media=files("photo", "video"))
    ensure_submittable(both, [VK])
    with pytest.raises(drafts.MediaRefused) as refused:
        ensure_submittable(both, [VK, X])
    assert (refused.value.platform, refused.value.fault.fault) == (Platform.X, Fault.NOT_TOGETHER)
    large = replace(DRAFT, media=files("photo"))
    ensure_submittable(large, [X])
    with pytest.raises(drafts.MediaRefused):
        ensure_submittable(large, [X], {large.media[0].sha256: 6 * MEGABYTE})


def test_a_voice_message_alone_is_nothing_to_publish() -> None:
    voice = replace(DRAFT, text="", media=files("voice", "document"))
    assert voice.published_media == ()
    with pytest.raises(drafts.OnlyMaterial):
        ensure_submittable(voice, [VK])
    ensure_submittable(replace(voice, text="Слова"), [VK])
    ensure_submittable(replace(voice, media=files("voice", "photo")), [VK])


def test_voice_takes_no_room_beside_a_text() -> None:
    """Telegram has less room beside a picture; a voice message is not published."""
    long = replace(DRAFT, text="я" * 2000, media=files("voice"))
    ensure_fits(long, [TG])
    with pytest.raises(drafts.TooLong):
        ensure_fits(replace(long, media=files("photo")), [TG])


def test_every_network_says_where_its_rules_for_files_were_read() -> None:
    for rule in RULES.values():
        assert rule.media.source
        assert {*rule.media.most_of, *rule.media.alone, *rule.media.max_bytes} <= PUBLISHABLE


# --- descriptions ----------------------------------------------------------------------------------------------------


def test_a_description_belongs_to_its_picture_and_to_the_version() -> None:
    two = replace(DRAFT, media=files("photo", "voice", "photo"))
    first, _, second = two.media
    assert drafts.pictures(two) == [first, second]
    told = drafts.with_alt(two, second.sha256, "Дети на площадке", NOW)
    assert [m.alt for m in told.media] == ["", "", "Дети на площадке"]
    assert told.version == 2
    assert content_digest(told.text, told.media) != content_digest(two.text, two.media)
    with pytest.raises(drafts.AltTooLong):
        drafts.with_alt(two, second.sha256, "я" * 1001, NOW)


# --- links -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://example.org/новости?a=1", "https://example.org/новости?a=1"),
        ("  http://example.org/a \n", "http://example.org/a"),
        ("HTTPS://EXAMPLE.ORG", "HTTPS://EXAMPLE.ORG"),
        ("Смотрите https://example.org", None),
        ("https://a.org https://b.org", None),
        ("example.org", None),
        ("ftp://example.org/file", None),
        ("https://", None),
        ("https://[broken", None),
    ],
)
def test_a_message_that_is_only_a_link(text: str, link: str | None) -> None:
    assert bare_link(text) == link


def test_what_is_proposed_about_a_link() -> None:
    url = "https://www.example.org/a"
    assert host_of(url) == "example.org"
    assert proposal("Новый мост", "Его открыли утром", url) == f"Новый мост\n\nЕго открыли утром\n\n{url}"
    assert proposal("Новый мост", "", url) == f"Новый мост\n\n{url}"
    assert proposal("Новый мост", "Новый мост.", url) == f"Новый мост\n\n{url}"
