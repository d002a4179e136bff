"""Words for links that could not be used."""

from markupsafe import Markup

from domain.links import NotALink, NotAPage, NotAPost, Piece, SeveralLinks, ShortLink, UnknownPlatform
from texts.explaining import explain
from texts.names import platform_name
from texts.words import Words, mark


@explain.register
def _not_a_link(_: NotALink, w: Words) -> Markup:
    return w("There is no link in this message. Open your post, tap <b>Copy link</b> and paste it here.")


@explain.register
def _unknown_platform(error: UnknownPlatform, w: Words) -> Markup:
    return w(
        "A link to {host} does not help here. A link to VK, Odnoklassniki, X or Telegram is needed.", host=error.host
    )


@explain.register
def _short_link(error: ShortLink, w: Words) -> Markup:
    return w(
        "A short link ({host}) does not show where it leads. Open it: the post appears. Copy the link from the post itself and"
        " send that.",
        host=error.host,
    )


_PIECES = {
    Piece.PHOTO: mark(
        "This link opens only the picture. The link to the post with it is needed: open the post on the page, tap"
        " <b>Copy link</b> and paste it here."
    ),
    Piece.VIDEO: mark(
        "This link opens only the video or clip. The link to the post with it is needed: open the post on the page, tap"
        " <b>Copy link</b> and paste it here."
    ),
    Piece.STORY: mark("A story is gone after a day, so its link proves nothing later."),
    Piece.ARTICLE: mark(
        "This link opens only the article. The link to the post with it is needed: open the post on the page, tap"
        " <b>Copy link</b> and paste it here."
    ),
}


@explain.register
def _not_a_post(error: NotAPost, w: Words) -> Markup:
    if error.piece is not None:
        return w(_PIECES[error.piece])  # texts: dynamic
    return w(
        "This link leads to {platform}, but not to a post."
        " Open the post itself, tap <b>Copy link</b> and paste it here.",
        platform=platform_name(error.platform, w),
    )


@explain.register
def _not_a_page(error: NotAPage, w: Words) -> Markup:
    return w(
        "This link leads to {platform}, but not to a page or group. Open the page and copy its address.",
        platform=platform_name(error.platform, w),
    )


@explain.register
def _several_links(error: SeveralLinks, w: Words) -> Markup:
    return w("There are {n} different links in this message. Send only one.", n=w.number(len(error.urls)))
