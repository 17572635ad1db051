"""Who works where: the questions to an archive of events, as expressions that any engine answers.

There is one definition, in Ibis, and it uses nothing but literals and the table of events: it
needs no right to write, and an engine cannot answer it in its own way (``nunique`` is an estimate
on some, so distinct rows are counted instead). Who connects is ``landscape.sources``'s; what is
made of the answers is ``landscape.analysis.discovery_candidates``'s.

Every expression takes the events of ``landscape.analysis.event_shapes`` or the activity made
from them by ``select_activity``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis

from landscape.base.months import shift_month
from landscape.dataset.model import Discovery

STAR = "WatchEvent"
HOUR_SECONDS = 3600
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class Roster:
    """Which repositories are the dataset's, by GitHub's id, and which must not be proposed.

    ``projects``: repository id to project id. ``excluded_ids`` and ``excluded_names`` (lower
    case) are repositories that are known, rejected, or a former name.
    """

    projects: Mapping[int, str]
    excluded_ids: frozenset[int] = frozenset()
    excluded_names: frozenset[str] = field(default=frozenset(), repr=False)


def select_window(events: ibis.Table, months: Sequence[str], every_hours: int = 1) -> ibis.Table:
    """Return the events of consecutive months ``YYYY-MM`` (UTC).

    ``every_hours``: only those in the hours whose number since 1970 it divides.
    """
    begin, end = begin_month(months[0]), begin_month(shift_month(months[-1], 1))
    within = events.filter(events.at >= begin, events.at < end)
    if every_hours == 1:
        return within
    return within.filter((within.at // HOUR_SECONDS) % every_hours == 0)


def select_people(events: ibis.Table, rules: Discovery) -> ibis.Table:
    """Return the events of accounts whose login is not a bot's."""
    is_bot = events.login.isin([login.lower() for login in rules.bots]) | (events.login == "")
    for ending in rules.bot_endings:
        is_bot = is_bot | events.login.endswith(ending.lower())
    return events.filter(~is_bot)


def select_activity(events: ibis.Table, rules: Discovery) -> ibis.Table:
    """Return who developed where: an account and a repository once for each name it had.

    Out: repo_id, repo_name, developer, last_at (int64, seconds: the last such event). Key
    repo_id+repo_name+developer, no order. Without bots, by login and by the number of their
    repositories.
    """
    people = select_people(events.filter(events.type.isin(list(rules.event_types))), rules)
    activity = people.group_by("repo_id", "repo_name", "developer").agg(last_at=people.at.max())
    places = activity.select("repo_id", "developer").distinct()
    counted = places.group_by("developer").agg(repositories=places.count())
    busy = counted.filter(counted.repositories > rules.bot_repositories)
    return activity.anti_join(busy, "developer")


def count_hours(events: ibis.Table) -> ibis.Table:
    """Return the events by hour: hour (int64, hours since 1970 UTC), events (int64)."""
    hours = events.mutate(hour=events.at // HOUR_SECONDS)
    return hours.group_by("hour").agg(events=hours.count()).order_by("hour")


def list_names(events: ibis.Table, names: Sequence[str]) -> ibis.Table:
    """Return which repositories bore the names, in any letter case, and when last.

    Out: repo_id, repo_name (as in the events), last_at. Ordered by repo_id and repo_name, its key.
    """
    named = events.filter(events.repo_name.lower().isin(sorted({name.lower() for name in names})))
    grouped = named.group_by("repo_id", "repo_name").agg(last_at=named.at.max())
    return grouped.order_by("repo_id", "repo_name")


def select_members(activity: ibis.Table, roster: Roster) -> ibis.Table:
    """Return the developers of the projects: project, developer, each pair once."""
    chosen = activity.filter(activity.repo_id.isin(sorted(roster.projects)))
    project = chosen.repo_id.cases(*sorted(roster.projects.items()), else_="")
    return chosen.select(project=project, developer=chosen.developer).distinct()


def count_pairs(activity: ibis.Table, roster: Roster, at_least: int) -> ibis.Table:
    """Return all pairs of projects with so many common developers, in one query.

    Out: project_a, project_b (ids, a before b), common_developers (int64). Ordered by the pair,
    its key. Common developers: accounts with an event of the chosen types in both within the
    window, each counted once.
    """
    left = select_members(activity, roster)
    right = left.select(other=left.project, person=left.developer)
    both = left.join(right, left.developer == right.person)
    both = both.filter(both.project < both.other)
    pairs = both.group_by("project", "other").agg(common_developers=both.count())
    pairs = pairs.filter(pairs.common_developers >= at_least)
    return pairs.select(
        project_a=pairs.project, project_b=pairs.other, common_developers=pairs.common_developers
    ).order_by("project_a", "project_b")


def count_participants(activity: ibis.Table, roster: Roster) -> ibis.Table:
    """Return the developers of each project: project, developers (int64). Ordered by project."""
    members = select_members(activity, roster)
    return members.group_by("project").agg(developers=members.count()).order_by("project")


def count_main_developers(
    events: ibis.Table, activity: ibis.Table, roster: Roster, rules: Discovery
) -> ibis.Table:
    """Return how few developers do half of each project's work: project, main_developers (int64).

    Work is counted in days (UTC) on which a developer was active in the project, so that neither
    a repeated event nor a talkative hour weighs more. The fewest developers with at least half of
    these days: CHAOSS's contributor absence factor
    (https://chaoss.community/kb/metric-contributor-absence-factor/), OpenDigger's ``bus_factor``,
    with days for contributions. events: those of the window. Ordered by project, its key.
    """
    own = events.filter(events.type.isin(list(rules.event_types)))
    own = own.filter(own.repo_id.isin(sorted(roster.projects)))
    project = own.repo_id.cases(*sorted(roster.projects.items()), else_="")
    days = own.select(project=project, developer=own.developer, day=own.at // DAY_SECONDS)
    counted = days.distinct().group_by("project", "developer").agg(days=lambda each: each.count())
    people = counted.semi_join(select_members(activity, roster), ["project", "developer"])
    before = ibis.window(
        group_by="project", order_by=[ibis.desc("days"), "developer"], preceding=None, following=0
    )
    placed = people.mutate(
        reached=people.days.sum().over(before),
        total=people.days.sum().over(ibis.window(group_by="project")),
    )
    main = placed.filter((placed.reached - placed.days) * 2 < placed.total)
    return main.group_by("project").agg(main_developers=main.count()).order_by("project")


def rank_candidates(activity: ibis.Table, roster: Roster, rules: Discovery) -> ibis.Table:
    """Return where else the developers of the projects are active, the most shared first.

    Out: repo_id, repo_name (the latest in the window), developers (int64: developers of the
    landscape's projects who are active there), participants (int64: all who are). Ordered by
    developers, then by id; key repo_id.
    """
    elsewhere = _select_elsewhere(activity, roster)
    people = select_members(activity, roster).select("developer").distinct()
    shared = elsewhere.semi_join(people, "developer")
    shared = shared.group_by("repo_id").agg(developers=shared.count())
    shared = shared.filter(shared.developers >= rules.candidate_developers)
    best = shared.order_by(ibis.desc("developers"), "repo_id").limit(rules.candidates)
    everybody = elsewhere.semi_join(best, "repo_id")
    everybody = everybody.group_by("repo_id").agg(participants=everybody.count())
    names = _find_latest_names(activity.semi_join(best, "repo_id"))
    found = best.join(everybody, "repo_id").join(names, "repo_id")
    return found.select("repo_id", "repo_name", "developers", "participants").order_by(
        ibis.desc("developers"), "repo_id"
    )


def count_ties(activity: ibis.Table, roster: Roster, candidates: Sequence[int]) -> ibis.Table:
    """Return how many developers candidates share with each project.

    Out: repo_id, project, common_developers (int64), ordered by repo_id and project, its key.
    """
    there = activity.filter(activity.repo_id.isin(sorted(candidates)))
    there = there.select("repo_id", "developer").distinct()
    both = there.join(select_members(activity, roster), "developer")
    ties = both.group_by("repo_id", "project").agg(common_developers=both.count())
    return ties.order_by("repo_id", "project")


def count_stars(
    events: ibis.Table, roster: Roster, months: Sequence[str], rules: Discovery
) -> ibis.Table:
    """Return the stars gained by month: of the dataset's projects, and of what gained most.

    Out: month (``YYYY-MM``), repo_id, repo_name (the latest in that month), stars (int64: accounts
    that starred it in that month, each counted once), place (int64, 1 for the most stars among
    all repositories of the month). Ordered by month and place. A star that was taken back is
    still counted: the archive does not say so.
    """
    stars = select_people(events.filter(events.type == STAR), rules)
    ends = [(begin_month(shift_month(month, 1)), month) for month in months]
    month_of = ibis.cases(*[(stars.at < end, month) for end, month in ends], else_=months[-1])
    stars = stars.mutate(month=month_of)
    given = stars.select("month", "repo_id", "developer").distinct()
    counted = given.group_by("month", "repo_id").agg(stars=given.count())
    order = ibis.window(group_by="month", order_by=[ibis.desc("stars"), "repo_id"])
    placed = counted.mutate(place=(ibis.row_number().over(order) + 1).cast("int64"))
    is_ours = placed.repo_id.isin(sorted(roster.projects))
    shown = placed.filter(is_ours | (placed.place <= rules.trending))
    named = stars.group_by("month", "repo_id", "repo_name").agg(last_at=stars.at.max())
    names = _find_latest_names(named.semi_join(shown, ["month", "repo_id"]), "month")
    found = shown.join(names, ["month", "repo_id"])
    return found.select("month", "repo_id", "repo_name", "stars", "place").order_by(
        "month", "place"
    )


def begin_month(month: str) -> int:
    """Return the first second of a month, in seconds since 1970 UTC."""
    first = dt.datetime(int(month[:4]), int(month[5:7]), 1, tzinfo=dt.UTC)
    return int(first.timestamp())


def _select_elsewhere(activity: ibis.Table, roster: Roster) -> ibis.Table:
    """Return repository and developer once each, without what must not be proposed."""
    ids = sorted(roster.excluded_ids | set(roster.projects))
    names = sorted(roster.excluded_names)
    left_out = activity.filter(
        activity.repo_id.isin(ids) | activity.repo_name.lower().isin(names)
    ).select("repo_id")
    places = activity.select("repo_id", "developer").distinct()
    return places.anti_join(left_out.distinct(), "repo_id")


def _find_latest_names(named: ibis.Table, *further: str) -> ibis.Table:
    """Return the name under which each repository was seen last; of equal ones the first."""
    keys = [*further, "repo_id"]
    seen = named.group_by(*keys, "repo_name").agg(last_at=named.last_at.max())
    order = ibis.window(group_by=keys, order_by=[ibis.desc("last_at"), "repo_name"])
    placed = seen.mutate(age=ibis.row_number().over(order))
    return placed.filter(placed.age == 0).select(*keys, "repo_name")
