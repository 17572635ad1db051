"""What a story's figures say beside the picture: alt texts and tables, by kind of figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.traceability.figures import expect_growth, expect_technology
from tests.traceability.figures import expect_network as expect_whole_network
from tests.traceability.frontpage import expect_graveyard
from tests.traceability.races import expect_race_alt, run_race
from tests.traceability.records import list_months, shift
from tests.traceability.recount import Recount
from tests.traceability.series import list_movement_facts, select_lines
from tests.traceability.storytext import Filler
from tests.traceability.tokens import (
    Prose,
    Reader,
    Token,
    Tokens,
    Wanted,
    amount,
    plain,
    signed_percent,
)

NEIGHBOURS = 20
Figure = dict[str, Any]


def expect_figure(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    """Return the lines of a figure, the caption last; a kind without a reading is a KeyError."""
    yield from KINDS[figure["kind"]](figure, recount, reader)
    caption = figure.get("caption")
    if caption and figure["kind"] != "timeline":
        yield list(reader.read_line(caption.get(reader.language) or caption["en"]))


def expect_trend(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    lines = select_lines(figure, recount)
    tokens: list[Token] = []
    for project, line in lines.items():
        last = max(line)
        tokens += [f"@{project}", plain(line[last]), last]
    if len({period for line in lines.values() for period in line}) >= 2:
        metric = figure.get("metric", "openrank")
        title = read_title(figure, recount, reader)
        title += list_movement_facts(lines, recount, metric)
        yield Prose((*title, *tokens))


def read_title(figure: Figure, recount: Recount, reader: Reader) -> list[Token]:
    """The numbers of a picture's title as the story declares it, where it does."""
    title = figure.get("title", {})
    text = title.get(reader.language) or title.get("en", "")
    return Filler(recount, reader).expect_title(text)


def expect_race(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    race, group = select_race(figure, recount)
    alt = tuple(expect_race_alt(recount, race, group))
    yield Prose(alt)
    yield Prose(alt)


def select_race(figure: Figure, recount: Recount) -> tuple[dict[str, list[str]], Tokens]:
    since = str(figure.get("since", ""))
    if "domain" not in figure:
        return run_race(recount, figure["projects"], since), [len(figure["projects"])]
    lane = figure.get("subdomain")
    members = [
        p
        for p in recount.residents(figure["domain"])
        if not lane or recount.records.projects[p].get("subdomain") == lane
    ]
    return run_race(recount, members, since), [] if lane else [f"#{figure['domain']}"]


def expect_duel(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    months = find_quarter(figure["projects"], recount)
    if months:
        means = {p: plain(recount.average(p, months)) for p in figure["projects"]}
        yield [months[0], months[-1], *(t for p in means for t in (f"@{p}", means[p]))]


def find_quarter(projects: list[str], recount: Recount) -> list[str]:
    """The newest three months in a row that are known of all, of each in one vintage."""
    shared = set.intersection(*(set(recount.series(p)) for p in projects))
    for last in sorted(shared, reverse=True):
        months = list_months(shift(last, -2), last)
        labels = [{recount.vintage(p, m) for m in months} for p in projects if shared >= {*months}]
        if labels and all(len(own) == 1 for own in labels):
            return months
    return []


def expect_ranking(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    members = select_ranking(figure, recount)
    for place, project in enumerate(members[: int(figure.get("top", 10))], start=1):
        yield [
            place,
            f"@{project}",
            plain(recount.mean(project)),
            signed_percent(recount.percent(project)),
            amount(recount.stars(project)),
            *([] if recount.fact(project, "language") else ["–"]),
            recount.fact(project, "created_at")[:7] or "–",
        ]
    window = recount.window(recount.as_of)
    shown = min(len(members), int(figure.get("top", 10)))
    told: list[Token] = [window[0], recount.as_of, *recount.periods, shown, len(members)]
    yield Prose(tuple(told), optional=True)


def select_ranking(figure: Figure, recount: Recount) -> list[str]:
    if "domain" not in figure:
        return sorted(figure["projects"], key=lambda p: -(recount.mean(p) or 0))
    lane = figure.get("subdomain")
    return [
        p
        for p in recount.members[figure["domain"]]
        if not lane or recount.records.projects[p].get("subdomain") == lane
    ]


def expect_network(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    if "project" not in figure:
        yield expect_whole_network(recount, reader.language, int(figure.get("at_least", 0)))
        return
    near, _ = select_neighbours(figure, recount)
    if not near:
        return
    tokens: list[Token] = [len(near) + 1, len(near), near[-1][1]]
    for other, common in near[:5]:
        tokens += [*(f"@{p}" for p in sorted((figure["project"], other))), common]
    yield tokens


def select_neighbours(figure: Figure, recount: Recount) -> tuple[list[tuple[str, int]], int]:
    """Return the closest neighbours, and of how many."""
    least = int(figure.get("at_least", 0))
    everybody = recount.neighbours.get(figure["project"], [])
    near = [n for n in everybody if n[1] >= least and n[0] in recount.records.projects]
    return near[:NEIGHBOURS], len(near)


def expect_comparison(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    told = recount.records.comparisons[figure["comparison"]]
    language = reader.language
    for feature in told["features"]:
        tokens: list[Token] = list(reader.read_line(feature["name"].get(language, "")))
        for project in told["projects"]:
            note = feature["cells"].get(project, {}).get("note", {})
            tokens += reader.read_line(note.get(language, ""))
        yield tokens
    yield [str(told["as_of"])]


def expect_quadrant(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    told = recount.records.comparisons[figure["comparison"]]
    reasons = {place["project"]: place["reason"] for place in told["placements"]}
    means = {project: recount.mean(project) for project in reasons}
    placed = sorted(reasons, key=lambda p: (means[p] is None, -(means[p] or 0), p))
    tokens: list[Token] = [*reader.read_named(told["title"][reader.language])]
    for project in placed:
        tokens += [f"@{project}", *([] if means[project] is None else [plain(means[project])])]
    yield tokens
    for project in placed:
        reason = reader.read_line(reasons[project].get(reader.language, ""))
        yield [f"@{project}", plain(means[project]), *reason]
    yield [str(told["as_of"])]


def expect_timeline(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    events = select_events(figure, recount)
    tokens: list[Token] = [len(events)]
    for event in events:
        tokens += [str(event["date"])[:7], *reader.read_named(event["text"][reader.language])]
    yield Prose((*tokens, *reader.read_named(figure.get("caption", {}).get(reader.language, ""))))
    yield Prose(tuple(str(event["date"]) for event in events), optional=True)


def select_events(figure: Figure, recount: Recount) -> list[dict[str, Any]]:
    wanted = set(figure.get("projects", []))
    events = figure.get("events") or [
        e for e in recount.records.events if not wanted or wanted & set(e.get("projects", []))
    ]
    return sorted(events, key=lambda event: str(event["date"])[:7])


def _expect_graveyard(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    domain = figure.get("domain")
    buried = [p for p in recount.buried if not domain or recount.domain(p) == domain]
    yield from expect_graveyard(recount, buried, shown=int(figure.get("top", 10)))


def _expect_technology(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    yield expect_technology(recount)


def _expect_growth(figure: Figure, recount: Recount, reader: Reader) -> Iterator[Wanted]:
    yield expect_growth(recount)


KINDS: dict[str, Callable[[Figure, Recount, Reader], Iterator[Wanted]]] = {
    "trend": expect_trend,
    "race": expect_race,
    "head-to-head": expect_duel,
    "ranking": expect_ranking,
    "network": expect_network,
    "comparison": expect_comparison,
    "quadrant": expect_quadrant,
    "timeline": expect_timeline,
    "graveyard": _expect_graveyard,
    "technology": _expect_technology,
    "domain-growth": _expect_growth,
}
