"""Tracer of what changed between editions: on the front page, and on its own page (F16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.traceability.history import Pair, list_pairs
from tests.traceability.recount import VERDICTS, Recount
from tests.traceability.tokens import Prose, Token, Tokens, Wanted, plain, signed

NAMED = 15
RANKS_NAMED = 6
LARGEST = 10


def expect_sums(pair: Pair, more: Iterable[Token] = ()) -> Prose:
    """Both maps, who stayed, came and went; and what the same line says more."""
    return Prose(
        (
            *_name(pair.before.name),
            len(pair.before.on_map),
            *_name(pair.after.name),
            len(pair.after.on_map),
            len(pair.stayed),
            len(pair.entered) + len(pair.newly_covered),
            len(pair.entered),
            len(pair.newly_covered),
            len(pair.left),
            *more,
        )
    )


def _name(name: str) -> list[Token]:
    return [name] if name else []


def expect_rule(pair: Pair, recount: Recount) -> list[Token]:
    sides = (pair.before, pair.after)
    unknown = [side.name for side in sides if side.above is None]
    if unknown:
        return [*unknown]
    rules = [side.above for side in sides if side.above is not None]
    return [plain(rule) for rule in dict.fromkeys(rules)]


def expect_brief_changes(recount: Recount, language: str) -> Iterator[Wanted]:
    pairs = list_pairs(recount)
    if not pairs:
        return
    pair = pairs[0]
    yield expect_sums(pair)
    ids = {project: project for project in recount.ids}
    for part in (pair.entered, pair.newly_covered):
        if part:
            yield _expect_names(pair.order(part, ids))
    for verdict in VERDICTS:
        gone = [
            p for p in pair.left if p in recount.judged and recount.judged[p].verdict == verdict
        ]
        if gone:
            yield _expect_names(pair.order(gone, ids))
    removed = [p for p in pair.left if p not in recount.judged]
    if removed:
        # They have no page any more, so that their names are no links.
        more = len(removed) - NAMED
        yield [len(removed), *([more] if more > 0 else [])]
    if pair.renamed:
        yield [f"@{p}" for p in pair.renamed]
    tokens: list[Token] = []
    for project, before, after in pair.rank_changes()[:RANKS_NAMED]:
        tokens += [f"@{project}", before, after, signed(before - after)]
    yield tokens
    yield Prose(tuple(expect_rule(pair, recount)), optional=True)
    if len(pairs) > 1:
        yield expect_sums(pairs[-1])


def _expect_names(projects: list[str]) -> Tokens:
    more = len(projects) - NAMED
    return [len(projects), *(f"@{p}" for p in projects[:NAMED]), *([more] if more > 0 else [])]


def expect_changes_page(recount: Recount, language: str) -> Iterator[Wanted]:
    pairs = list_pairs(recount)
    for pair in pairs:
        yield [*_name(pair.before.name), *_name(pair.after.name)]
    for pair in pairs:
        yield from _expect_pair(pair, recount, language)


def _expect_pair(pair: Pair, recount: Recount, language: str) -> Iterator[Wanted]:
    sides = (pair.before, pair.after)
    yield [*_name(pair.before.name), *_name(pair.after.name)]
    yield expect_sums(pair)
    yield expect_rule(pair, recount)
    yield [side.name for side in sides if side.imported]
    if pair.openrank:
        counts = [len(pair.openrank.keys() & set(pair.stayed))]
        # Two maps of one month have no change between them.
        is_one = pair.periods[:2] == pair.periods[2:]
        yield [pair.periods[-1]] if is_one else [*counts, *pair.periods]
    ranked: list[Token] = []
    for side in sides:
        counts = [len(side.ranks.keys() & side.on_map), len(side.on_map)]
        ranked += [*_name(side.name), *(reversed(counts) if language == "zh" else counts)]
    yield ranked
    yield from _expect_lists(pair, recount)
    for project, before, after in pair.rank_changes()[:LARGEST]:
        yield [f"@{project}", before, after, signed(before - after)]
    for project, earlier, later in pair.openrank_changes()[:LARGEST]:
        yield [f"@{project}", plain(earlier), plain(later), signed(later - earlier)]


def _expect_lists(pair: Pair, recount: Recount) -> Iterator[Tokens]:
    """Who came, who left and why, and how many were renamed."""
    names = {p: str(told["name"]) for p, told in recount.records.projects.items()}
    for part in (pair.entered, pair.newly_covered):
        if part:
            yield [len(part)]
            for project in pair.order(part, names):
                yield [
                    f"@{project}",
                    *expect_labels(pair.after.labels[project], recount),
                    pair.after.ranks.get(project, "–"),
                ]
    if pair.left:
        yield [len(pair.left)]
        for project in pair.order(pair.left, names):
            yield [
                f"@{project}",
                *expect_labels(pair.before.labels[project], recount),
                *_expect_reason(project, pair, recount),
            ]
    for part in (pair.moved, pair.renamed):
        if part:
            yield [len(part)]


def expect_labels(labels: str, recount: Recount) -> list[Token]:
    """The first two of an edition's labels stand as text; how many more there are is a number."""
    more = len(labels.split(" | ")) - 2
    return [signed(more)] if more > 0 else []


def _expect_reason(project: str, pair: Pair, recount: Recount) -> list[Token]:
    if pair.after.name:
        row = pair.after.rows.get(project, {})
        if row.get("verdict") == "below" and pair.after.above is not None:
            return [plain(pair.after.means[project]), plain(pair.after.above)]
        return [row["retired_on"]] if row.get("verdict") == "retired" else []
    judged = recount.judged.get(project)
    if judged is None:
        return []
    if judged.verdict == "below":
        return [plain(judged.mean), plain(recount.above)]
    dates = {
        "retired": recount.retired_on(project),
        "gone": recount.state(project, "github", "gone"),
        "not covered": recount.state(project, "opendigger", "absent"),
    }
    date = dates.get(judged.verdict)
    return [date] if date else []
