"""The check run on a commit: a conclusion, a summary, and annotations on file and line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from github.Repository import Repository

from landscape.base.findings import Finding, Level
from landscape.dataset.catalogue.kind import escape_unprintable
from landscape.publish.github_session import explain_refusals

NAME = "landscape data"
ANNOTATIONS_A_REQUEST = 50
MOST_ANNOTATIONS = 500
LARGEST_SUMMARY_CHARACTERS = 65_535
_LONGEST_MESSAGE = 2_000
_LEVELS = {Level.ERROR: "failure", Level.WARNING: "warning", Level.HINT: "notice"}


def make_annotations(findings: Sequence[Finding], folder: str = "") -> list[dict[str, Any]]:
    """Return the findings as annotations, the gravest first, at most 500.

    ``folder`` is the landscape's place in the repository with a slash at its end, or empty.
    """
    order = list(_LEVELS)
    ordered = sorted(findings, key=lambda item: (order.index(item.level), item.sort_key))
    return [
        {
            "path": escape_unprintable(f"{folder}{finding.path}"),
            "start_line": max(1, finding.line),
            "end_line": max(1, finding.line),
            "annotation_level": _LEVELS[finding.level],
            "title": finding.code,
            "message": "\n".join(filter(None, (finding.message, finding.hint)))[:_LONGEST_MESSAGE],
        }
        for finding in ordered[:MOST_ANNOTATIONS]
    ]


def post_check_run(
    repository: Repository,
    head_sha: str,
    *,
    title: str,
    summary: str,
    annotations: Sequence[dict[str, Any]],
    failed: bool,
    name: str = NAME,
) -> int:
    """Write a completed check run on the commit and return its id.

    GitHub takes fifty annotations a request; the further ones are added to the run.
    """
    batches = [
        list(annotations[start : start + ANNOTATIONS_A_REQUEST])
        for start in range(0, len(annotations), ANNOTATIONS_A_REQUEST)
    ] or [[]]
    output: dict[str, Any] = {
        "title": title[:255],
        "summary": summary[:LARGEST_SUMMARY_CHARACTERS],
    }
    with explain_refusals("write a check run"):
        run = repository.create_check_run(
            name,
            head_sha,
            status="completed",
            conclusion="failure" if failed else "success",
            output=output | {"annotations": batches[0]},
        )
        for batch in batches[1:]:
            run.edit(output=output | {"annotations": batch})
    return run.id
