"""The one comment under a pull request or issue: written once, edited from then on."""

from __future__ import annotations

from enum import StrEnum

from github.Issue import Issue
from github.IssueComment import IssueComment
from github.Repository import Repository

from landscape.publish.github_session import BOT, explain_refusals


class Written(StrEnum):
    """What became of a comment."""

    CREATED = "created"
    EDITED = "edited"
    UNCHANGED = "unchanged"
    NONE = "none needed"


def make_marker(name: str) -> str:
    """Return the hidden first line that a comment of ours begins with."""
    return f"<!-- landscape:{name} -->"


def upsert_comment(
    repository: Repository,
    number: int,
    name: str,
    body: str,
    bot: str = BOT,
    *,
    creates: bool = True,
) -> Written:
    """Write the comment of this name, or edit it where it stands already.

    With ``creates`` false it is only edited: whom it does not concern gets none.

    It is ours only with the marker as its first line and the bot as its author: whoever copies
    the marker gets no comment of theirs edited, and hides none of ours.
    """
    marker = make_marker(name)
    text = f"{marker}\n{body}"
    with explain_refusals(f"comment on #{number}"):
        issue = repository.get_issue(number)
        own = find_comment(issue, marker, bot)
        if own is None and not creates:
            return Written.NONE
        if own is None:
            issue.create_comment(text)
            return Written.CREATED
        if own.body == text:
            return Written.UNCHANGED
        own.edit(text)
        return Written.EDITED


def find_comment(issue: Issue, marker: str, bot: str = BOT) -> IssueComment | None:
    """Return the bot's first comment with the marker; None where there is none."""
    for comment in issue.get_comments():
        first = (comment.body or "").partition("\n")[0].strip()
        if first == marker and comment.user is not None and comment.user.login == bot:
            return comment
    return None
