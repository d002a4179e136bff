"""Links to posts and pages as people send them from phones, brought to one form. Nothing is asked of the networks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import Invalid
from domain.link_urls import HANDLE_TG, LINK, MAX_TEXT, Url, urls_in
from domain.platforms import Platform


class Piece(StrEnum):
    """What a link opens instead of the post it belongs to; whether it is in a post at all, the link does not tell."""

    PHOTO = "photo"
    VIDEO = "video"
    STORY = "story"
    """Gone after a day: nobody could look at it later."""
    ARTICLE = "article"


@dataclass(eq=False)
class NotALink(Invalid):
    """There is no link in the text."""

    text: str


@dataclass(eq=False)
class UnknownPlatform(Invalid):
    """The link leads to a site the campaign does not work with."""

    host: str


class ShortLink(UnknownPlatform):
    """A shortened link: where it leads does not show, and nothing is asked of the networks."""


@dataclass(eq=False)
class NotAPost(Invalid):
    """The link leads into the network, but not to one post. `piece`: it opens something that may be part of one."""

    platform: Platform
    url: str
    piece: Piece | None = None


@dataclass(eq=False)
class NotAPage(Invalid):
    """The link leads into the network, but not to a page or group."""

    platform: Platform
    url: str


@dataclass(eq=False)
class SeveralLinks(Invalid):
    """The text has links to more than one post or page: which one is meant?"""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostLink:
    """One post. Equal when platform and post_id are: the same post reached by any alias.

    `post_id` is unique within the platform; `page_key` is what the link tells of its page (None: nothing).
    `normal` is the one URL of the post; only on Odnoklassniki it still follows the link: group by name or by number.
    """

    platform: Platform
    post_id: str
    page_key: str | None = field(compare=False)
    normal: str = field(compare=False)

    @property
    def identity(self) -> str:
        """What a UNIQUE column keeps: one string per post whatever the alias."""
        return f"{self.platform}:{self.post_id}"


@dataclass(frozen=True, slots=True)
class PageAddress:
    """A page or group. `keys` are all the names it is known by in links (see `belongs`)."""

    platform: Platform
    keys: frozenset[str]
    normal: str


def recognise(url_text: str) -> PostLink:
    """The post a text links to; words and punctuation around the link do not matter.

    Raises NotALink, UnknownPlatform, NotAPost, SeveralLinks.
    """
    urls = _known(url_text)
    found = {post: None for url in urls if (post := _POSTS[url.platform](url)) is not None}
    if not found:
        raise NotAPost(urls[0].platform, urls[0].text, _piece(urls[0]))
    if len(found) > 1:
        raise SeveralLinks(tuple(post.normal for post in found))
    return next(iter(found))


def posts_in(text: str) -> tuple[PostLink, ...]:
    """Every post a text links to, each once, in the order of the text; links that lead to no post are left out."""
    try:
        urls = _known(text)
    except (NotALink, UnknownPlatform):
        return ()
    return tuple({post: None for url in urls if (post := _POSTS[url.platform](url)) is not None})


def lists_posts(text: str) -> bool:
    """Whether a message is a list of links to posts rather than a text about something: at least two, few other words."""
    rows = [row for row in text[:MAX_TEXT].splitlines() if row.strip()]
    if len(posts_in(text)) < _LIST_OF:
        return False
    words = [LINK.sub("", row).strip() for row in rows]
    return all(len(row) <= _BESIDE for row in words) and all(LINK.search(row) for row in rows[1:])


def is_bare(text: str) -> bool:
    """One link and hardly a word beside it: "вот https://…", "готово: …"."""
    rest, count = LINK.subn("", text[:MAX_TEXT])
    return count == 1 and len(rest.split()) <= _WORDS and len(rest.strip()) <= _BESIDE // 2


def page_address(url_text: str) -> PageAddress:
    """The page or group a text links to. Raises NotALink, UnknownPlatform, NotAPage, SeveralLinks."""
    urls = _known(url_text)
    found = {page: None for url in urls if (page := _PAGES[url.platform](url)) is not None}
    if not found:
        raise NotAPage(urls[0].platform, urls[0].text)
    if len(found) > 1:
        raise SeveralLinks(tuple(page.normal for page in found))
    return next(iter(found))


def belongs(post: PostLink, page: PageAddress, extra_keys: Iterable[str] = ()) -> bool | None:
    """Is the post of this page? None when the link cannot tell: it gives a number where only the name is known, or the
    other way round. `extra_keys` are further names of the page (`PageAddress.keys` of its other addresses)."""
    if post.platform is not page.platform:
        return False
    if post.page_key is None:
        return None
    keys = page.keys | set(extra_keys)
    if post.page_key in keys:
        return True
    comparable = {key for key in keys if _is_number(page.platform, key) == _is_number(page.platform, post.page_key)}
    return False if comparable else None


def _is_number(platform: Platform, key: str) -> bool:
    # A handle on X may consist of digits only; links there never carry the account's number.
    return platform is not Platform.X and (key.lstrip("-").isdecimal() or key.startswith(("profile/", "c/")))


_LIST_OF, _BESIDE = 2, 40
"""Links that make a list; characters of other words in a row of it."""
_WORDS = 2
"""So many beside a link say nothing of their own."""


_SHORTENERS = frozenset({"vk.cc", "ok.me", "t.co", "clck.ru", "goo.su", "bit.ly", "tinyurl.com", "is.gd"})


def _known(text: str) -> list[Url]:
    """The links of the text that lead into one of the networks, at least one."""
    known, hosts = urls_in(text)
    if known:
        return known
    if hosts:
        raise ShortLink(hosts[0]) if hosts[0] in _SHORTENERS else UnknownPlatform(hosts[0])
    raise NotALink(text)


# -- one reader per network -------------------------------------------------------------------------------------------

_WALL = re.compile(r"wall(-?\d{1,18})_(\d{1,18})(?!\d)", re.ASCII | re.IGNORECASE)
_PIECES = {
    Piece.PHOTO: re.compile(r"(?:photo|album)s?(?:$|-?\d)"),
    Piece.VIDEO: re.compile(r"(?:video|clip)s?(?:$|-?\d)"),
    Piece.STORY: re.compile(r"(?:story|stories|moments?)(?:$|-?\d)"),
    Piece.ARTICLE: re.compile(r"@"),
}
_VK_NUMBERED = re.compile(r"(club|public|event|id)(\d{1,18})", re.ASCII)
_VK_NAME = re.compile(r"[a-z][a-z0-9_.]{1,63}", re.ASCII)
_VK_OWN = frozenset(  # addresses of the network itself
    {
        "feed",
        "im",
        "mail",
        "friends",
        "groups",
        "photos",
        "albums",
        "audio",
        "video",
        "videos",
        "clips",
        "docs",
        "market",
    }
    | {"login", "support", "settings", "search", "away.php", "app", "apps", "about", "terms", "privacy", "bookmarks"}
    | {"stories", "topic", "write", "share.php", "services"}
)
_NUMBER = re.compile(r"\d{1,20}", re.ASCII)
_OK_GROUP = re.compile(r"group(\d{1,20})", re.ASCII)
_OK_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{1,63}", re.ASCII)
_OK_OWN = frozenset(
    {"group", "profile", "dk", "feed", "messages", "groups", "games", "video", "live", "music", "gifts"}
)
_HANDLE_X = re.compile(r"[a-z0-9_]{1,15}", re.ASCII)
_X_OWN = frozenset(
    {"i", "home", "explore", "search", "notifications", "messages", "settings", "intent", "share", "hashtag"}
)
_TG_OWN = frozenset(
    {"joinchat", "addstickers", "share", "proxy", "socks", "iv", "login", "addlist", "boost", "contact"}
)


def _vk_post(url: Url) -> PostLink | None:
    # The app opens posts over whatever was on the screen: the post is in `w`, the path is what lies below it. A picture
    # opened out of a post names the post behind itself ("photo-1_2/wall-1_3").
    for place in (url.asked("w"), url.asked("z").partition("/")[2], url.path[-1] if url.path else ""):
        if match := _WALL.match(place):
            owner, post = str(int(match[1])), str(int(match[2]))
            return PostLink(Platform.VK, f"{owner}_{post}", owner, f"https://vk.com/wall{owner}_{post}")
    return None


def _piece(url: Url) -> Piece | None:
    """What a link that leads to no post opens; X and Telegram have only posts."""
    if url.platform not in {Platform.VK, Platform.OK}:
        return None
    places = [part.lower() for part in (url.asked("z"), url.asked("w"), *url.path)]
    return next((piece for piece, form in _PIECES.items() for place in places if form.match(place)), None)


def _vk_page(url: Url) -> PageAddress | None:
    name = url.path[0].lower() if url.path else ""
    if match := re.match(r"wall(-?)(\d{1,18})(?![\d])", name, re.ASCII):
        name = ("club" if match[1] else "id") + match[2]
    if match := _VK_NUMBERED.fullmatch(name):
        number, person = str(int(match[2])), match[1] == "id"
        key, normal = (number, f"id{number}") if person else (f"-{number}", f"club{number}")
        return PageAddress(Platform.VK, frozenset({key}), f"https://vk.com/{normal}")
    if not _VK_NAME.fullmatch(name) or name in _VK_OWN or re.match(r"(photo|video|clip|topic|album)-?\d", name):
        return None
    return PageAddress(Platform.VK, frozenset({name}), f"https://vk.com/{name}")


def _ok_owner(url: Url) -> tuple[str, str, tuple[str, ...]] | None:
    """Key of the page, its path, and the rest of the link's path."""
    match [part.lower() for part in url.path]:
        case ["group", number, *rest] if _NUMBER.fullmatch(number):
            return number, f"group/{number}", tuple(rest)
        case ["profile", number, *rest] if _NUMBER.fullmatch(number):
            return f"profile/{number}", f"profile/{number}", tuple(rest)
        case [first, *rest] if match := _OK_GROUP.fullmatch(first):
            return match[1], f"group/{match[1]}", tuple(rest)
        case [name, *rest] if _OK_NAME.fullmatch(name) and name not in _OK_OWN:
            return name, name, tuple(rest)
    return None


def _ok_post(url: Url) -> PostLink | None:
    # The old mobile site keeps everything in the query.
    group, theme = url.asked("st.groupId"), url.asked("st.themeId")
    if _NUMBER.fullmatch(group) and _NUMBER.fullmatch(theme):
        return PostLink(Platform.OK, theme, group, f"https://ok.ru/group/{group}/topic/{theme}")
    match _ok_owner(url):
        # Topics are numbered across the whole network, so the number alone is the post.
        case key, path, ("topic" | "statuses" as kind, post, *_) if _NUMBER.fullmatch(post):
            return PostLink(Platform.OK, post, key, f"https://ok.ru/{path}/{kind}/{post}")
    return None


def _ok_page(url: Url) -> PageAddress | None:
    owner = _ok_owner(url)
    if owner is None:
        group = url.asked("st.groupId")
        owner = (group, f"group/{group}", ()) if _NUMBER.fullmatch(group) else None
    return owner and PageAddress(Platform.OK, frozenset({owner[0]}), f"https://ok.ru/{owner[1]}")


def _x_post(url: Url) -> PostLink | None:
    match [part.lower() for part in url.path]:
        case ["i", "web", "status", post, *_] | ["i", "status", post, *_] if _NUMBER.fullmatch(post):
            return PostLink(Platform.X, post, None, f"https://x.com/i/status/{post}")
        case [name, "status" | "statuses", post, *_] if _NUMBER.fullmatch(post) and _HANDLE_X.fullmatch(name):
            # X opens a post under any handle: the form without one is the same for all aliases.
            return PostLink(Platform.X, post, name, f"https://x.com/i/status/{post}")
    return None


def _x_page(url: Url) -> PageAddress | None:
    name = url.path[0].lower().removeprefix("@") if url.path else ""
    if not _HANDLE_X.fullmatch(name) or name in _X_OWN:
        return None
    return PageAddress(Platform.X, frozenset({name}), f"https://x.com/{name}")


def _tg_owner(url: Url) -> tuple[str, tuple[str, ...]] | None:
    match [part.lower() for part in url.path]:
        case ["c", number, *rest] if _NUMBER.fullmatch(number):
            return f"c/{number}", tuple(rest)
        case ["s", name, *rest] if HANDLE_TG.fullmatch(name):
            return name, tuple(rest)
        case [name, *rest] if HANDLE_TG.fullmatch(name) and name not in _TG_OWN:
            return name, tuple(rest)
    return None


def _tg_post(url: Url) -> PostLink | None:
    match _tg_owner(url):
        # In a group with topics the topic stands before the message.
        case key, ([post] | [_, post]) if _NUMBER.fullmatch(post):
            return PostLink(Platform.TELEGRAM, f"{key}/{int(post)}", key, f"https://t.me/{key}/{int(post)}")
    return None


def _tg_page(url: Url) -> PageAddress | None:
    owner = _tg_owner(url)
    return owner and PageAddress(Platform.TELEGRAM, frozenset({owner[0]}), f"https://t.me/{owner[0]}")


_POSTS = {Platform.VK: _vk_post, Platform.OK: _ok_post, Platform.X: _x_post, Platform.TELEGRAM: _tg_post}
_PAGES = {Platform.VK: _vk_page, Platform.OK: _ok_page, Platform.X: _x_page, Platform.TELEGRAM: _tg_page}
