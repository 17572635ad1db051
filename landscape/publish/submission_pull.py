"""A submitted form becomes a branch and a pull request, or a comment that says what is missing.

Everything is written through GitHub's interface: nothing of the submission touches a work tree.
"""

from __future__ import annotations

from dataclasses import dataclass

from github import GithubException
from github.Repository import Repository

from landscape.base.findings import Finding, Level
from landscape.publish.comment import upsert_comment
from landscape.publish.github_session import BOT, GitHubError, explain_refusals
from landscape.publish.pull_request import upsert_pull_request
from landscape.publish.submission import Submission
from landscape.report.markdown import escape_text

COMMENT = "submission"


@dataclass(frozen=True)
class Answer:
    """What was done: the pull request's number, 0 where something is missing; and a sentence."""

    pull_request: int
    sentence: str


def answer_submission(
    repository: Repository,
    number: int,
    submission: Submission,
    findings: tuple[Finding, ...],
    *,
    base: str,
    folder: str = "",
    bot: str = BOT,
) -> Answer:
    """Open the pull request for an issue's submission, or comment on the issue.

    ``findings``: on the file, as the dataset's checks have them; an error is told to the
    submitter instead of being proposed. ``folder``: the landscape's place in the repository.
    """
    problems = list(submission.missing)
    problems += (
        f"`{finding.code}`: {escape_text(finding.message)}. {escape_text(finding.hint)}"
        for finding in findings
        if finding.level is Level.ERROR
    )
    if problems:
        listed = "\n".join(f"- {problem}" for problem in problems[:30])
        body = (
            f"Thank you! Before this can become a pull request:\n\n{listed}\n\n"
            "Edit the form's text above, and it is read again."
        )
        upsert_comment(repository, number, COMMENT, body, bot)
        return Answer(0, f"{len(problems)} problems told on issue #{number}")
    branch = f"landscape/submission-{number}"
    _write_branch(repository, number, submission, base=base, branch=branch, folder=folder)
    try:
        pull = upsert_pull_request(
            repository,
            head=branch,
            base=base,
            title=f"Add {submission.project}",
            body=f"Submitted by the form in #{number}.\n\nCloses #{number}",
        )
    except GitHubError as error:
        # Whoever filled the form must not wait for a pull request that nobody can see.
        body = (
            f"Thank you! The file is ready on the branch `{branch}`, but the pull request could "
            f"not be opened. For a maintainer: {error.hint}. Then edit the form above, and it is "
            "read again."
        )
        upsert_comment(repository, number, COMMENT, body, bot)
        raise
    body = f"Thank you! This is pull request #{pull.number} now; merging it closes this issue."
    upsert_comment(repository, number, COMMENT, body, bot)
    return Answer(pull.number, f"pull request #{pull.number} holds issue #{number}")


def _write_branch(
    repository: Repository,
    number: int,
    submission: Submission,
    *,
    base: str,
    branch: str,
    folder: str,
) -> None:
    """Write the one file on the submission's branch, which is made where it does not exist."""
    path = f"{folder}{submission.path}"
    message = f"Add {submission.project}, submitted in #{number}"
    with explain_refusals(f"write the branch {branch}"):
        try:
            repository.get_branch(branch)
        except GithubException as error:
            if error.status != 404:
                raise
            sha = repository.get_branch(base).commit.sha
            repository.create_git_ref(f"refs/heads/{branch}", sha)
        old = _find_blob(repository, path, branch)
        if old is None:
            repository.create_file(path, message, submission.text, branch=branch)
        elif old[1] != submission.text:
            repository.update_file(path, message, submission.text, old[0], branch=branch)


def _find_blob(repository: Repository, path: str, branch: str) -> tuple[str, str] | None:
    try:
        found = repository.get_contents(path, ref=branch)
    except GithubException as error:
        if error.status == 404:
            return None
        raise
    if isinstance(found, list):
        return None
    return found.sha, found.decoded_content.decode("utf-8", "replace")
