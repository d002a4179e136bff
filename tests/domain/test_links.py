"""Links as phones give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Invalid
from domain.links import (
    NotALink,
    NotAPage,
    NotAPost,
    Piece,
    SeveralLinks,
    ShortLink,
    UnknownPlatform,
    belongs,
    lists_posts,
    page_address,
    posts_in,
    recognise,
)

SAME_POSTS = {
    "vk:-123_456": [
        "vk.com/wall-123_456",
        "https://m.vk.com/wall-123_456?from=feed",
        "vk.ru/club123?w=wall-123_456",
        "https://vk.com/public123?w=wall-123_456%2Fall",
        "https://vk.com/kazan_hq?z=x&w=wall-123_456_r7",
        "Готово! (https://www.vk.com/wall-123_456?reply=9).",
        "https://vk.com/wall-0123_456",
        "https://vk.ru/wall-123_456",
        "http://vk.com/wall-123_456",
        "HTTPS://VK.COM/wall-123_456",
        "https://m.vk.ru/wall-123_456",
        "https://vkontakte.ru/wall-123_456",
        "https://www.vk.ru/wall-123_456",
        "https://vk.com/wall-123_456?utm_source=telegram&utm_medium=social",
        "https://vk.com/wall-123_456?thread=7#reply8",
        "https://vk.com/wall-123_456#comments",
        "https://vk.com/feed?w=wall-123_456",
        "https://m.vk.com/kazan_hq?w=wall-123_456&ref=group_menu",
        "https://vk.com/club123?w=wall-123_456_r12",
        "https://vk.com/event123?w=wall-123_456",
        "https://vk.com:443/wall-123_456",
        "vk.com/wall-123_456/",
        "пост тут: vk.com/wall-123_456, смотрите",
        "«https://vk.com/wall-123_456»",
        "**https://vk.com/wall-123_456**",
        "<https://vk.com/wall-123_456>",
        "https://vk.com/wall-123_456\u200e",
        "HTTPS://VK.COM/WALL-123_456",
        "https://vk.com/away.php?to=https%3A%2F%2Fvk.com%2Fwall-123_456&cc_key=1",
        "https://m.vk.com/away.php?to=https://m.vk.com/wall-123_456",
        "https://vk.com/kazan_hq?z=photo-123_9%2Fwall-123_456",
    ],
    "vk:5_6": [
        "https://vk.com/id5?w=wall5_6",
        "vk.com/wall5_6",
        "https://m.vk.com/id5?w=wall5_6",
        "vk.ru/wall5_6?from=search",
    ],
    "ok:456": [
        "ok.ru/group/123/topic/456",
        "https://m.ok.ru/group/123/topic/456?utm=1",
        "https://ok.ru/kazan/topic/456",
        "https://m.ok.ru/dk?st.cmd=altGroupMediaThemeComments&st.groupId=123&st.themeId=456",
        "https://odnoklassniki.ru/group/123/topic/456",
        "https://www.ok.ru/group/123/topic/456",
        "https://m.odnoklassniki.ru/group/123/topic/456",
        "http://ok.ru/group/123/topic/456/",
        "OK.ru/group/123/topic/456",
        "https://ok.ru/group123/topic/456",
        "https://mobile.ok.ru/group/123/topic/456",
        "https://ok.ru/group/123/topic/456?cmntId=1#c",
        "Вышло: ok.ru/group/123/topic/456.",
    ],
    "ok:2": ["https://ok.ru/profile/1/statuses/2"],
    "x:99": [
        "https://x.com/User/status/99?s=20&t=abc",
        "twitter.com/user/status/99",
        "mobile.twitter.com/other/status/99/photo/1,",
        "https://x.com/i/web/status/99",
        "https://x.com/i/status/99",
        "https://mobile.x.com/user/status/99",
        "https://www.x.com/user/status/99",
        "http://twitter.com/user/statuses/99",
        "https://m.twitter.com/user/status/99",
        "https://twitter.com/USER/status/99/video/1",
        "https://x.com/user/status/99?ref_src=twsrc%5Etfw",
        "https://x.com/user/status/99/analytics",
        "x.com/user/status/99…",
        "(https://x.com/user/status/99)",
    ],
    "telegram:name/12": [
        "t.me/name/12",
        "https://T.me/Name/12?single",
        "t.me/s/name/12",
        "telegram.me/name/5/12",
        "https://telegram.dog/name/12",
        "http://t.me/name/12",
        "https://t.me/name/12?comment=3",
        "https://t.me/name/12?thread=5",
        "https://name.t.me/12",
        "https://t.me/name/012",
        "https://t.me/name/12/",
        "T.ME/NAME/12",
        "https://t.me/s/name/12?before=20",
    ],
    "telegram:c/123/45": [
        "https://t.me/c/123/45",
        "t.me/c/123/45",
        "https://t.me/c/123/7/45",
        "https://t.me/c/123/45?single",
        "https://t.me/c/123/45?thread=7",
        "https://telegram.me/c/123/45",
        "http://t.me/c/123/045",
        "вот: https://t.me/c/123/45!",
    ],
}


@pytest.mark.parametrize(("identity", "text"), [(key, text) for key, texts in SAME_POSTS.items() for text in texts])
def test_a_post_is_the_same_by_any_alias(identity: str, text: str) -> None:
    assert recognise(text).identity == identity


@pytest.mark.parametrize("texts", [texts for key, texts in SAME_POSTS.items() if not key.startswith("ok")])
def test_one_post_has_one_url(texts: list[str]) -> None:
    posts = [recognise(text) for text in texts]
    assert len({post.normal for post in posts}) == len(set(posts)) == 1


@pytest.mark.parametrize("text", [text for texts in SAME_POSTS.values() for text in texts])
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    post = recognise(text)
    assert (recognise(post.normal), recognise(post.normal).normal) == (post, post.normal)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("готово", NotALink),
        ("", NotALink),
        ("me@mail.ru", NotALink),
        ("https://example.org/1", UnknownPlatform),
        ("https://vk.com.example.org/wall-1_2", UnknownPlatform),
        ("https://vk.cc/cABcde", ShortLink),
        ("t.co/AbCdEf", ShortLink),
        ("example.org/vk.com/wall-1_2", UnknownPlatform),
        ("https://example.org/?to=https://vk.com/wall-1_2", UnknownPlatform),
        ("https://vk.com@example.org/wall-1_2", NotAPost),
        ("https://vk.com/away.php?to=https%3A%2F%2Fexample.org", NotAPost),
        ("vk.com/kazan_hq", NotAPost),
        ("vk.com/photo-1_2", NotAPost),
        ("https://vk.com/wall-1", NotAPost),
        ("https://ok.ru/group/123", NotAPost),
        ("https://x.com/name", NotAPost),
        ("t.me/name", NotAPost),
        ("t.me/+AbCdEf", NotAPost),
        ("vk.com/wall-1_2 и vk.com/wall-1_3", SeveralLinks),
    ],
)
def test_what_is_not_a_link_to_one_post_is_refused(text: str, error: type[Invalid]) -> None:
    with pytest.raises(error):
        recognise(text)


def test_people_send_links_in_more_than_eighty_ways() -> None:
    assert sum(map(len, SAME_POSTS.values())) >= 80


@pytest.mark.parametrize(
    "text",
    [
        "https://vk.com/wall-1_2\nhttps://ok.ru/group/5/topic/9",
        "https://vk.com/wall-1_2 https://ok.ru/group/5/topic/9",
        "Готово!\nVK: https://vk.com/wall-1_2\nОК — https://ok.ru/group/5/topic/9",
        "1. vk.com/wall-1_2\n2. t.me/kazan_hq/12\n3. vk.com/feed",
    ],
)
def test_links_one_below_the_other_are_a_list(text: str) -> None:
    assert lists_posts(text)
    assert len(posts_in(text)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "https://vk.com/wall-1_2",
        "https://vk.com/wall-1_2 https://m.vk.com/wall-1_2",
        "https://vk.com/kazan_hq https://ok.ru/group/5",
        "Друзья, вчера у нас вышли два замечательных поста: vk.com/wall-1_2 и vk.com/wall-1_3",
        "vk.com/wall-1_2\nvk.com/wall-1_3\nА это уже текст поста о встрече во дворе",
        "готово",
    ],
)
def test_one_post_or_a_text_about_posts_is_no_list(text: str) -> None:
    assert not lists_posts(text)


@given(st.text(alphabet="vkmok.ru/t.e-_?w=wall123[]@:#% \n", max_size=80))
def test_any_text_is_a_list_or_not(text: str) -> None:
    assert all(recognise(post.normal) == post for post in posts_in(text))
    assert not lists_posts(text) or len(posts_in(text)) >= 2


def test_one_post_sent_twice_is_one_post() -> None:
    assert recognise("vk.com/wall-1_2 https://m.vk.com/wall-1_2").identity == "vk:-1_2"


@given(st.text() | st.text(alphabet="vkmok.ru/t.e-_?w=wall123[]@:#%", max_size=40))
def test_any_text_is_a_post_or_a_known_refusal(text: str) -> None:
    try:
        post = recognise(text)
    except Invalid:
        return
    assert recognise(post.normal) == post


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.text(alphabet=" \n,;:()!«»", max_size=5))
def test_words_and_marks_around_a_link_do_not_matter(owner: int, post: int, around: str) -> None:
    link = recognise(f"вот{around} https://vk.com/wall-{owner}_{post} {around}")
    assert (link.page_key, link.post_id) == (f"-{owner}", f"-{owner}_{post}")


@pytest.mark.parametrize(
    ("text", "keys", "normal"),
    [
        ("vk.com/club123", {"-123"}, "https://vk.com/club123"),
        ("m.vk.com/public123", {"-123"}, "https://vk.com/club123"),
        ("vk.com/id5", {"5"}, "https://vk.com/id5"),
        ("https://vk.ru/Kazan_HQ?from=x", {"kazan_hq"}, "https://vk.com/kazan_hq"),
        ("ok.ru/group/5123", {"5123"}, "https://ok.ru/group/5123"),
        ("ok.ru/kazan", {"kazan"}, "https://ok.ru/kazan"),
        ("ok.ru/profile/1", {"profile/1"}, "https://ok.ru/profile/1"),
        ("twitter.com/@Name", {"name"}, "https://x.com/name"),
        ("https://t.me/Name", {"name"}, "https://t.me/name"),
    ],
)
def test_addresses_of_pages(text: str, keys: set[str], normal: str) -> None:
    page = page_address(text)
    assert (page.keys, page.normal, page_address(page.normal)) == (frozenset(keys), normal, page)


@pytest.mark.parametrize("text", ["vk.com/feed", "vk.com/photo-1_2", "vk.com", "ok.ru/feed", "x.com/home", "t.me/+abc"])
def test_what_is_no_page_is_refused(text: str) -> None:
    with pytest.raises(NotAPage):
        page_address(text)


@pytest.mark.parametrize(
    ("post", "page", "answer"),
    [
        ("vk.com/wall-123_4", "vk.com/club123", True),
        ("vk.com/wall-123_4", "vk.com/club124", False),
        ("vk.com/wall123_4", "vk.com/club123", False),
        ("vk.com/wall-123_4", "vk.com/kazan", None),
        ("ok.ru/kazan/topic/4", "ok.ru/kazan", True),
        ("ok.ru/kazan/topic/4", "ok.ru/group/5", None),
        ("ok.ru/profile/5/statuses/4", "ok.ru/group/5", False),
        ("x.com/NAME/status/4", "x.com/name", True),
        ("x.com/1/status/4", "x.com/name", False),
        ("x.com/i/status/4", "x.com/name", None),
        ("t.me/name/4", "t.me/other", False),
        ("t.me/c/1/4", "t.me/name", None),
        ("t.me/name/4", "x.com/name", False),
    ],
)
def test_a_post_belongs_to_a_page_or_nobody_can_tell(post: str, page: str, answer: bool | None) -> None:
    assert belongs(recognise(post), page_address(page)) is answer


def test_further_addresses_of_a_page_settle_it() -> None:
    post, page = recognise("vk.com/wall-123_4"), page_address("vk.com/kazan")
    assert belongs(post, page, page_address("vk.com/club123").keys) is True
    assert belongs(post, page, {"-124"}) is False


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("vk.com/photo-1_2", Piece.PHOTO),
        ("https://vk.com/club1?z=photo-1_2%2Falbum-1_00%2Frev", Piece.PHOTO),
        ("https://ok.ru/group/5/album/1/2", Piece.PHOTO),
        ("vk.com/video-1_2", Piece.VIDEO),
        ("https://vk.com/clip-1_2", Piece.VIDEO),
        ("https://vk.com/clips/kazan?z=clip-1_2", Piece.VIDEO),
        ("https://vkvideo.ru/video-1_2", Piece.VIDEO),
        ("https://ok.ru/video/12345", Piece.VIDEO),
        ("https://vk.com/story-1_2", Piece.STORY),
        ("https://vk.com/@kazan-shkola", Piece.ARTICLE),
        ("https://vk.com/kazan_hq", None),
        ("https://vk.com/videolubitel", None),
        ("https://ok.ru/group/5", None),
        ("https://x.com/photographer", None),
    ],
)
def test_a_link_to_a_piece_of_a_post_says_what_it_opens(text: str, piece: Piece | None) -> None:
    with pytest.raises(NotAPost) as caught:
        recognise(text)
    assert caught.value.piece is piece
