"""OpenDigger: OpenRank and community metrics, one small static file a project and metric.

Every file is asked for anew. Conditional requests would save no request, only a few kilobytes;
the validators would need a place, and in the repository they would change without meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from landscape.sources.budget import Budget
from landscape.sources.circuit import Circuit
from landscape.sources.crew import run_tasks
from landscape.sources.failure import SourceError, fail_for_budget
from landscape.sources.model import (
    FailureKind,
    LabelAnswer,
    MetricAnswer,
    MetricRequest,
    Outcome,
)
from landscape.sources.persistence import Pacing, persist
from landscape.sources.progress import Progress, ignore_progress
from landscape.sources.reply import Reply, read_wait_seconds
from landscape.sources.series import read_months, read_years
from landscape.sources.transport import Transport

SOURCE = "opendigger"
WORKERS = 48


@dataclass(frozen=True)
class _File:
    """One file to ask for: where, whose (a project counts once for the host's health), how read."""

    path: str
    owner: str
    read: Callable[[bytes], dict[str, float]]


@dataclass(frozen=True)
class _Found:
    """What came of one file."""

    outcome: Outcome
    values: Mapping[str, float] = field(default_factory=dict)
    failure: FailureKind = FailureKind.NONE
    detail: str = ""


def fetch_metrics(
    requests: Sequence[MetricRequest],
    *,
    base_url: str,
    budget: Budget,
    workers: int = WORKERS,
    pacing: Pacing | None = None,
    newest_month: str | None = None,
    progress: Progress = ignore_progress,
) -> list[MetricAnswer]:
    """Return one answer a request, in the order of the requests; it raises for none of them.

    ok: every month the file has, at least one. missing: a 404 or ``{}``. Anything else is
    unavailable, with its kind and a line for people. ``newest_month`` (``YYYY-MM``): a file that
    knows a later one is malformed. Names are GitHub's ``full_name``, whose case matters.
    """
    files = [
        _File(
            path=f"/github/{quote(request.name)}/{quote(request.metric, safe='')}.json",
            owner=request.project,
            read=partial(read_months, metric=request.metric, newest_month=newest_month),
        )
        for request in requests
    ]
    found = _fetch_files(files, base_url, budget, workers, pacing or Pacing(), progress)
    return [
        MetricAnswer(
            project=request.project,
            metric=request.metric,
            outcome=file.outcome,
            values=file.values,
            failure=file.failure,
            detail=file.detail,
            asked_name=request.name,
        )
        for request, file in zip(requests, found, strict=True)
    ]


def fetch_label_series(
    labels: Sequence[str],
    *,
    base_url: str,
    budget: Budget,
    workers: int = WORKERS,
    pacing: Pacing | None = None,
    newest_month: str | None = None,
    progress: Progress = ignore_progress,
) -> list[LabelAnswer]:
    """Return the yearly OpenRank of technology labels (``ai``, ``database``), in their order.

    From ``/technology/<label>/openrank.json``, under the rules of ``fetch_metrics``.
    """
    read = partial(read_years, newest_month=newest_month)
    files = [
        _File(f"/technology/{quote(label, safe='')}/openrank.json", label, read) for label in labels
    ]
    found = _fetch_files(files, base_url, budget, workers, pacing or Pacing(), progress)
    return [
        LabelAnswer(label, file.outcome, file.values, file.failure, file.detail)
        for label, file in zip(labels, found, strict=True)
    ]


def _fetch_files(
    files: Sequence[_File],
    base_url: str,
    budget: Budget,
    workers: int,
    pacing: Pacing,
    progress: Progress,
) -> list[_Found]:
    transport = Transport(base_url, workers=workers, pacing=pacing)
    circuit = Circuit(budget)

    def ask(file: _File) -> _Found:
        def ask_once() -> bytes | None:
            url = base_url.rstrip("/") + file.path
            return _read_reply(transport.send("GET", url, budget=budget))

        try:
            body = persist(file.owner, ask_once, pacing=pacing, circuit=circuit, budget=budget)
            if body is None:
                return _Found(Outcome.MISSING, detail="status 404")
            values = file.read(body)
        except SourceError as failure:
            return _give_up(failure)
        if not values:
            return _Found(Outcome.MISSING, detail="an empty file")
        return _Found(Outcome.OK, values)

    # What is not done in time stays what it is here.
    found = [_give_up(fail_for_budget())] * len(files)
    done = 0
    try:
        for position, file in run_tasks(files, ask, workers=workers, budget=budget):
            found[position] = file
            done += 1
            progress(SOURCE, done, len(files))
    finally:
        transport.close()
    return found


def _give_up(failure: SourceError) -> _Found:
    return _Found(Outcome.UNAVAILABLE, failure=failure.kind, detail=failure.detail)


def _read_reply(reply: Reply) -> bytes | None:
    """Return the file, None where the source says that there is none; else SourceError."""
    status = reply.status
    if status == 200:
        return reply.body
    if status == 404:
        return None
    wait = read_wait_seconds(reply.headers)
    detail = f"status {status}"
    if status == 429 or (status == 403 and wait is not None):
        raise SourceError(FailureKind.RATE_LIMITED, detail, retry=True, wait_seconds=wait)
    if status >= 500:
        raise SourceError(FailureKind.SERVER_ERROR, detail, retry=True, wait_seconds=wait)
    if status >= 400:
        raise SourceError(FailureKind.REFUSED, detail)
    raise SourceError(FailureKind.MALFORMED, detail)
