"""The right answers to the planted archive, by sets of Python: another way than the query's."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from landscape.dataset.model import Discovery
from tests.discovery import archive as planted
from tests.discovery.archive import DEVELOPING, MONTHS, STAR, Archive, Event

RULES = Discovery(
    pair_developers=3,
    candidate_developers=4,
    candidates=10,
    bots=("pytorchmergebot",),
    bot_repositories=20,
    trending=2,
)
PROJECTS = {101: "vllm", 102: "ray", 103: "sglang", 104: "dify", 105: "milvus"}
LEFT_OUT = {204, 205, 206, 903}

Row = tuple[object, ...]


def is_person(event: Event) -> bool:
    login = event.login.lower()
    is_bot = login in RULES.bots or any(login.endswith(end) for end in RULES.bot_endings)
    return not is_bot and event.actor != 811


def list_developing(archive: Archive) -> list[Event]:
    return [
        event
        for event in archive.events
        if event.month in MONTHS and event.type in DEVELOPING and is_person(event)
    ]


def find_people(archive: Archive) -> dict[int, set[int]]:
    """Repository id to the accounts that developed there."""
    people: dict[int, set[int]] = defaultdict(set)
    for event in list_developing(archive):
        people[event.repo.id].add(event.actor)
    return people


def answer_pairs(archive: Archive) -> list[Row]:
    people = {
        PROJECTS[repo]: them for repo, them in find_people(archive).items() if repo in PROJECTS
    }
    pairs = [
        (first, second, len(people[first] & people[second]))
        for first, second in combinations(sorted(people), 2)
    ]
    return [pair for pair in pairs if pair[2] >= RULES.pair_developers]


def answer_participants(archive: Archive) -> list[Row]:
    people = find_people(archive)
    rows = [(project, len(people[repo])) for repo, project in PROJECTS.items() if people[repo]]
    return sorted(rows)


def answer_main_developers(archive: Archive) -> list[Row]:
    """The fewest developers with half of the days on which somebody was active."""
    days: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for event in list_developing(archive):
        if event.repo.id in PROJECTS:
            days[PROJECTS[event.repo.id]][event.actor].add(event.at[:10])
    rows: list[Row] = []
    for project, own in sorted(days.items()):
        counts = sorted((len(each) for each in own.values()), reverse=True)
        reached = [sum(counts[:number]) for number in range(1, len(counts) + 1)]
        rows.append((project, 1 + sum(2 * sum_of < sum(counts) for sum_of in reached)))
    return rows


def answer_candidates(archive: Archive) -> list[tuple[int, str, int, int]]:
    people = find_people(archive)
    ours = set().union(*(people[repo] for repo in PROJECTS))
    names = {event.repo.id: event.repo.name for event in sorted_by_time(archive)}
    rows = [
        (repo, names[repo], len(them & ours), len(them))
        for repo, them in people.items()
        if repo not in PROJECTS and repo not in LEFT_OUT
    ]
    chosen = [row for row in rows if row[2] >= RULES.candidate_developers]
    return sorted(chosen, key=lambda row: (-row[2], row[0]))


def answer_ties(archive: Archive) -> list[Row]:
    people = find_people(archive)
    candidates = sorted(row[0] for row in answer_candidates(archive))
    ordered = sorted(PROJECTS.items(), key=lambda item: item[1])
    return [
        (candidate, project, len(people[candidate] & people[repo]))
        for candidate in candidates
        for repo, project in ordered
        if people[candidate] & people[repo]
    ]


def answer_stars(archive: Archive) -> list[Row]:
    rows: list[Row] = []
    for month in MONTHS:
        fans: dict[int, set[int]] = defaultdict(set)
        names = {}
        for event in sorted_by_time(archive):
            if event.type == STAR and event.month == month and is_person(event):
                fans[event.repo.id].add(event.actor)
                names[event.repo.id] = event.repo.name
        order = sorted(fans, key=lambda repo: (-len(fans[repo]), repo))
        for place, repo in enumerate(order, start=1):
            if place <= RULES.trending or repo in PROJECTS:
                rows.append((month, repo, names[repo], len(fans[repo]), place))
    return rows


def sorted_by_time(archive: Archive) -> list[Event]:
    return sorted(archive.events, key=lambda event: (event.at, event.repo.name))


def check_plan(archive: Archive) -> None:
    """The sets give what was counted by hand, so that both cannot be wrong in one way."""
    assert answer_pairs(archive) == [
        ("dify", "ray", 7),
        ("dify", "vllm", 3),
        ("ray", "vllm", 8),
        ("sglang", "vllm", 30),
    ]
    assert answer_main_developers(archive) == [
        ("dify", 4),
        ("milvus", 2),
        ("ray", 6),
        ("sglang", 10),
        ("vllm", 19),
    ]
    assert answer_candidates(archive) == [
        (201, planted.LMCACHE.name, 15, 15),
        (202, planted.MOONCAKE.name, 7, 47),
        (203, planted.DIFY_PLUGINS.name, 7, 8),
    ]
    assert answer_stars(archive) == [
        ("2026-03", 101, planted.VLLM.name, 7, 1),
        ("2026-03", 103, planted.SGLANG_BEFORE.name, 2, 2),
        ("2026-04", 301, "new/Hot", 12, 1),
        ("2026-04", 101, planted.VLLM.name, 3, 2),
        ("2026-04", 103, planted.SGLANG.name, 1, 3),
    ]
