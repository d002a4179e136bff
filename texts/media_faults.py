"""What is wrong with the files of a post, in words: on panels and in refusals."""

from markupsafe import Markup

from domain.media_rules import MEGABYTE, Fault, MediaFault
from domain.platforms import Platform
from texts.names import platform_name
from texts.words import Words


def media_fault(platform: Platform, found: MediaFault, w: Words) -> Markup:
    """One sentence."""
    network = platform_name(platform, w)
    match found.fault:
        case Fault.TOO_MANY:
            return w.n(
                "{network}: at most {n} file in one post, and here are {found}",
                "{network}: at most {n} files in one post, and here are {found}",
                found.limit,
                network=network,
                found=w.number(found.n),
            )
        case Fault.TOO_MANY_OF_KIND:
            most = files_of(found.kind, found.limit, w)
            return w("{network}: only {most} in one post, and here are {n}", network=network, most=most, n=found.n)
        case Fault.NOT_TOGETHER:
            one, others = files_of(found.kind, 1, w), files_of("photo", found.limit, w)
            return w(
                "{network}: {one} or up to {others} in one post, not both", network=network, one=one, others=others
            )
        case Fault.TOO_LARGE:
            size, limit = _megabytes(found.n, w), _megabytes(found.limit, w)
            return w("{network}: a file of {size} MB, at most {limit} MB fit", network=network, size=size, limit=limit)


def files_of(kind: str, n: int, w: Words) -> str:
    """So many pictures, videos or animations."""
    match kind:
        case "video":
            return w.plain_n("{n} video", "{n} videos", n)
        case "animation":
            return w.plain_n("{n} animation", "{n} animations", n)
        case _:
            return w.plain_n("{n} picture", "{n} pictures", n)


def _megabytes(size: int, w: Words) -> str:
    """Rounded up to a tenth: what is over a limit looks like it."""
    return w.number(-(-size * 10 // MEGABYTE) / 10)
