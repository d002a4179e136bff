"""What is summed per page and local day, written in the same transaction as the facts."""

from enum import StrEnum


class Measure(StrEnum):
    """Counts are added to; MEMBERS and FOLLOWERS are the latest confirmed figure of the day."""

    SLOTS = "slots"
    FILLED = "filled"
    ON_TIME = "on_time"
    LATE = "late"
    MISSED = "missed"
    EMPTY = "empty"
    SUBSTITUTES = "substitutes"
    EXCUSED = "excused"
    MEMBERS = "members"
    FOLLOWERS = "followers"
    VIEWS = "views"
    LIKES = "likes"
    COMMENTS = "comments"
    REPOSTS = "reposts"
