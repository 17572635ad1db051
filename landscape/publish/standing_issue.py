"""The one issue that lists what needs a human's decision: rewritten at each refresh.

What needs a decision is found by ``landscape.publish.decisions``.
"""

from __future__ import annotations

from enum import StrEnum

from github.Issue import Issue
from github.Repository import Repository

from landscape.publish.comment import make_marker
from landscape.publish.github_session import BOT, explain_refusals

LABEL = "landscape"
TITLE = "The landscape needs decisions"
MARKER = make_marker("decisions")
LARGEST_BODY_CHARACTERS = 65_000
_EMPTY = "Nothing needs a decision. This issue opens again when something does."


class IssueChange(StrEnum):
    """What became of the standing issue."""

    NONE = "none needed"
    CREATED = "created"
    REWRITTEN = "rewritten"
    REOPENED = "reopened"
    CLOSED = "closed"
    UNCHANGED = "unchanged"


def update_standing_issue(repository: Repository, body: str, bot: str = BOT) -> IssueChange:
    """Rewrite the standing issue with the body; an empty one closes it.

    It is found by its label and by the hidden first line of a body that the bot wrote.
    """
    with explain_refusals("update the standing issue"):
        issue = _find(repository, bot)
        text = f"{MARKER}\n{(body or _EMPTY)[:LARGEST_BODY_CHARACTERS]}"
        if issue is None:
            if not body:
                return IssueChange.NONE
            repository.create_issue(TITLE, body=text, labels=[LABEL])
            return IssueChange.CREATED
        if not body:
            if issue.state == "closed":
                return IssueChange.UNCHANGED
            issue.edit(body=text, state="closed", state_reason="completed")
            return IssueChange.CLOSED
        if issue.state == "closed":
            issue.edit(body=text, state="open")
            return IssueChange.REOPENED
        if issue.body == text:
            return IssueChange.UNCHANGED
        issue.edit(body=text)
        return IssueChange.REWRITTEN


def _find(repository: Repository, bot: str) -> Issue | None:
    """Return the standing issue, an open one before a closed one, the oldest first."""
    found = [
        issue
        for issue in repository.get_issues(state="all", labels=[LABEL], direction="asc")
        if (issue.body or "").partition("\n")[0].strip() == MARKER
        and issue.user is not None
        and issue.user.login == bot
        and issue.pull_request is None
    ]
    return min(found, key=lambda issue: (issue.state != "open", issue.number), default=None)
