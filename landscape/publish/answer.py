"""The answer to a pull request: a check run on the commit that was read, and one comment."""

from __future__ import annotations

from github.Repository import Repository

from landscape.base.findings import Level
from landscape.publish.check_run import make_annotations, post_check_run
from landscape.publish.comment import upsert_comment
from landscape.publish.github_session import BOT, explain_refusals
from landscape.publish.preview import Preview
from landscape.publish.preview_markdown import render_preview_markdown
from landscape.publish.preview_text import count_changes

COMMENT = "check"


def answer_pull_request(
    repository: Repository,
    number: int,
    head_sha: str,
    preview: Preview,
    folder: str = "",
    bot: str = BOT,
    *,
    touches_data: bool = True,
) -> str:
    """Write the check run and the comment; return what was done, in words.

    A change that touches no data gets its check run, and no comment where there is none yet.

    Where the head has moved since it was read, the check run still belongs to its commit, but
    the comment is left to the run that reads the newer one.
    """
    body = render_preview_markdown(preview)
    errors = sum(finding.level is Level.ERROR for finding in preview.findings)
    title = f"{errors} error{'' if errors == 1 else 's'}" if errors else count_changes(preview)
    post_check_run(
        repository,
        head_sha,
        title=title,
        summary=body,
        annotations=make_annotations(preview.findings, folder),
        failed=preview.has_errors,
    )
    with explain_refusals(f"show pull request #{number}"):
        moved = repository.get_pull(number).head.sha != head_sha
    if moved:
        return "check run written; the head has moved, so the comment is left to the newer run"
    written = upsert_comment(repository, number, COMMENT, body, bot, creates=touches_data)
    return f"check run written, comment {written}"
