"""Why a verdict is what it is: one sentence with its arithmetic, in each language."""

from __future__ import annotations

from landscape.analysis.model import Verdict, Window
from landscape.metrics.model import LIVE
from landscape.report.entries import Entry
from landscape.report.numbers import format_mean, format_plain
from landscape.report.wording import Wording

_BY_MEAN = (Verdict.ON_THE_MAP, Verdict.BELOW)
_VERDICT_KEYS = {verdict: verdict.name.lower() for verdict in Verdict}


def name_verdict(verdict: Verdict, wording: Wording) -> str:
    """Return the verdict's name as plain text."""
    return wording.plain(f"verdict.{_VERDICT_KEYS[verdict]}")


def explain_verdict(verdict: Verdict, wording: Wording) -> str:
    """Return what a verdict means, as plain text."""
    return wording.plain(f"meaning.{_VERDICT_KEYS[verdict]}")


def explain_briefly(entry: Entry, window: Window, wording: Wording) -> str:
    """Return the reason without what holds for all: window and threshold stand above the list."""
    usual = (entry.window_first, entry.window_last) == (window.months[0], window.as_of)
    if entry.openrank_mean is None or entry.verdict not in _BY_MEAN or not usual:
        return explain_entry(entry, window, wording)
    mean = wording.plain(
        "reason.mean_briefly",
        mean=format_mean(entry.openrank_mean, window.above),
        known=entry.months_known,
        months=entry.months_in_window,
    )
    return _add_remarks(mean, entry, wording)


def explain_entry(entry: Entry, window: Window, wording: Wording) -> str:
    """Return the reason of a project's verdict with the arithmetic, as plain text."""
    return _add_remarks(_explain_verdict(entry, window, wording), entry, wording)


def _add_remarks(reason: str, entry: Entry, wording: Wording) -> str:
    """Return the reason with what else must be known: vintages, archived, stale."""
    parts = [reason]
    if entry.openrank_mean is not None and len(entry.vintages) > 1:
        labels = [
            wording.plain("vintage.live") if vintage == LIVE else vintage
            for vintage in entry.vintages
        ]
        vintages = wording.plain("reason.and").join(labels)
        parts.append(wording.plain("reason.vintages", vintages=vintages))
    if entry.archived:
        parts.append(wording.plain("reason.archived"))
    if entry.stale_since:
        parts.append(
            wording.plain(
                "reason.stale", since=entry.stale_since, month=entry.last_known_month or "–"
            )
        )
    return wording.plain("reason.separator").join(parts)


def _explain_verdict(entry: Entry, window: Window, wording: Wording) -> str:
    key = f"reason.{_VERDICT_KEYS[entry.verdict]}"
    match entry.verdict:
        case Verdict.ON_THE_MAP | Verdict.BELOW:
            return wording.plain(
                key, above=format_plain(window.above), mean=_state_mean(entry, window, wording)
            )
        case Verdict.RETIRED:
            return wording.plain(key, date=entry.retired_on)
        case Verdict.GONE:
            return wording.plain(key, date=entry.gone_since)
        case Verdict.TOO_NEW:
            if not entry.created_at:
                return wording.plain("reason.too_new_undated", as_of=window.as_of)
            return wording.plain(key, date=entry.created_at, as_of=window.as_of)
        case Verdict.NO_RECENT_DATA:
            return wording.plain(key, month=entry.last_known_month or "–")
        case _:
            return wording.plain(key, as_of=window.as_of)


def _state_mean(entry: Entry, window: Window, wording: Wording) -> str:
    """Return "mean 12.34 over 4 of 4 months (2026-01 to 2026-04)"."""
    if entry.openrank_mean is None:
        return wording.plain("reason.no_mean")
    return wording.plain(
        "reason.mean",
        mean=format_mean(entry.openrank_mean, window.above),
        known=entry.months_known,
        months=entry.months_in_window,
        first=entry.window_first,
        last=entry.window_last,
    )
