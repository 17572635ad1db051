"""The method in short: the rule, what each verdict means, sources, and what data cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from landscape.analysis.model import Landscape
from landscape.metrics.model import LIVE
from landscape.report.cells import Scribe
from landscape.report.datapackage import GITHUB_URL, LICENCE_URL, OPENDIGGER_URL
from landscape.report.entries import Entry
from landscape.report.markdown import Markdown
from landscape.report.numbers import format_count, format_plain
from landscape.report.reasons import explain_verdict, name_verdict
from landscape.report.tables import render_table
from landscape.report.tallies import count_seams, count_verdicts, list_vintages


@dataclass(frozen=True)
class Method:
    """The parts: how and with what limits; what verdicts mean; vintages; credits.

    ``short`` are the lines that nobody should miss.
    """

    lines: list[Markdown]
    short: list[Markdown]
    verdicts: Markdown
    vintages: Markdown
    credits: Markdown


def describe_method(landscape: Landscape, entries: list[Entry], scribe: Scribe) -> Method:
    """Return the parts of the method in words."""
    say, window = scribe.wording, landscape.window
    limits = say(f"method.limits.{'openrank' if window.metric == 'openrank' else 'other'}")
    rule = say(
        "method.rule",
        above=format_plain(window.above),
        window=say(f"window.{window.kind}"),
        first=window.months[0],
        last=window.as_of,
        published=len(window.published),
        months=len(window.months),
    )
    return Method(
        lines=[
            rule,
            say("method.change"),
            say("method.seams", count=format_count(count_seams(landscape))),
            say("method.facts", month=landscape.facts_month)
            if landscape.facts_month
            else say("method.no_facts"),
            _tell_numbers(landscape, scribe),
            say("method.unknown"),
            limits,
            say("method.known_loss"),
        ],
        short=[rule, say("method.unknown"), say("method.known_loss"), limits],
        verdicts=_render_verdicts(entries, scribe),
        vintages=_render_vintages(landscape, scribe),
        credits=say(
            "method.credits",
            opendigger=Markdown(OPENDIGGER_URL),
            github=Markdown(GITHUB_URL),
            licence=Markdown(LICENCE_URL),
        ),
    )


def _tell_numbers(landscape: Landscape, scribe: Scribe) -> Markdown:
    """Return where each number can be looked up."""
    base, metric = scribe.dataset.settings.opendigger_url, landscape.window.metric
    # Within code nothing is escaped; a backtick is the only way out of it.
    address = f"{base}/github/OWNER/NAME/{metric}.json".replace("`", "")
    return scribe.wording("method.numbers", address=Markdown(address))


def _render_verdicts(entries: list[Entry], scribe: Scribe) -> Markdown:
    say = scribe.wording
    heads = [
        (say("column.verdict"), "left"),
        (say("column.projects"), "right"),
        (say("column.meaning"), "left"),
    ]
    return render_table(
        heads,
        [
            [name_verdict(verdict, say), format_count(count), explain_verdict(verdict, say)]
            for verdict, count in count_verdicts(entries).items()
        ],
    )


def _render_vintages(landscape: Landscape, scribe: Scribe) -> Markdown:
    say = scribe.wording
    heads = [
        (say("column.vintage"), "left"),
        (say("column.months"), "left"),
        (say("column.projects"), "right"),
    ]
    return render_table(
        heads,
        [
            [
                say("vintage.live") if vintage == LIVE else vintage,
                Markdown(f"{first} – {last}"),
                format_count(projects),
            ]
            for vintage, first, last, projects in list_vintages(landscape)
        ],
    )
