"""The files that ``landscape discover`` stores, and whose they are already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from landscape.base.errors import LandscapeError
from landscape.cli.discover_request import Request
from landscape.cli.discover_result import Coverage, Discovered
from landscape.metrics.archive import (
    COLLABORATION,
    COMMUNITY,
    TRENDING,
    format_spans,
    load_spans,
    locate_spans,
)
from landscape.metrics.collaboration import (
    format_collaboration,
    load_collaboration,
    locate_collaboration,
)
from landscape.metrics.community import format_community, load_community, locate_community
from landscape.metrics.model import LIVE, ArchiveSpan
from landscape.metrics.trending import format_trending, load_trending, locate_trending

_KEPT = "It is kept. To look only: --dry-run; to replace it: --replace."


def check_published(request: Request, coverage: Coverage) -> None:
    """Raise LandscapeError where a file of the window holds more than this run would write.

    That is what somebody else published, or what was counted in a larger share of the hours.
    """
    if request.replace or request.dry_run:
        return
    months = tuple(coverage.by_month)
    window = months[-1]
    tables = {
        locate_collaboration(window): load_collaboration(request.root, window),
        locate_community(window): load_community(request.root, window),
        **{locate_trending(month): load_trending(request.root, month) for month in months},
    }
    for path, table in tables.items():
        others = sorted(set(table["vintage"]) - {LIVE})
        if others:
            raise LandscapeError(
                f"{path} holds what was published as {', '.join(others)}",
                _KEPT,
            )
    stored = load_spans(request.root)
    for key, span in _span_tables(months, coverage).items():
        known = stored.get(key)
        if known is not None and known.share > span.share:
            raise LandscapeError(
                f"what is stored of {key[0]} in {key[1]} was counted in {known.share:.1%} of the "
                f"hours, this would be in {span.share:.1%}",
                _KEPT,
            )


def format_tables(
    found: Discovered, coverage: Coverage, root: Path
) -> dict[PurePosixPath, bytes | None]:
    """Return the files by their path below the root; each is of the last run alone.

    But for the record of what was covered, which keeps what it says of other files.
    """
    window = found.months[-1]
    stars = found.stars.rename(columns={"repo_name": "repo"}).assign(vintage=LIVE)
    files: dict[PurePosixPath, bytes | None] = {
        locate_collaboration(window): format_collaboration(found.pairs.assign(vintage=LIVE)),
        locate_community(window): format_community(found.community.assign(vintage=LIVE)),
    }
    for month in found.months:
        files[locate_trending(month)] = format_trending(stars[stars["month"] == month])
    spans = _span_tables(found.months, coverage)
    files[locate_spans()] = format_spans(load_spans(root) | spans)
    return files


def _span_tables(months: Sequence[str], coverage: Coverage) -> dict[tuple[str, str], ArchiveSpan]:
    first, last = months[0], months[-1]
    spans = {(name, last): coverage.span_months(first, last) for name in (COLLABORATION, COMMUNITY)}
    return spans | {(TRENDING, month): coverage.span_months(month, month) for month in months}
