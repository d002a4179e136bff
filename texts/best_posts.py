"""Best posts in words: what is compared, and why a post is among them."""

from markupsafe import Markup

from domain.best_posts import BestPost, PostAge, PostMeasure
from texts.words import Words, mark_plain

_MEASURES = {PostMeasure.VIEWS: mark_plain("views"), PostMeasure.ACTIONS: mark_plain("reactions")}
_AGES = {
    PostAge.START: mark_plain("after two hours"),
    PostAge.DAY: mark_plain("after a day"),
    PostAge.WEEK: mark_plain("after a week"),
}


def measure_name(measure: PostMeasure, w: Words) -> str:
    """views; reactions are likes, comments and reposts together."""
    return w.plain(_MEASURES[measure])  # texts: dynamic


def age_name(age: PostAge, w: Words) -> str:
    return w.plain(_AGES[age])  # texts: dynamic


def ratio(value: float, w: Words) -> str:
    """2.8× the usual; from ten on without a decimal."""
    return f"{w.number(round(value, 1) if value < 10 else round(value))}×"


def reason(post: BestPost, age: PostAge, measure: PostMeasure, w: Words) -> Markup:
    """Why it is among the best, with what it is compared with."""
    return w.n(
        "{ratio} the page's usual: {value} {what} {when}, usually {usual} (median of {n} post)",
        "{ratio} the page's usual: {value} {what} {when}, usually {usual} (median of {n} posts)",
        post.usual_posts,
        ratio=ratio(post.ratio, w),
        value=w.number(post.value),
        what=measure_name(measure, w),
        when=age_name(age, w),
        usual=w.number(post.usual),
    )
