"""The numbers of the published pages, computed again by SQL and plain Python over the CSV files.

Nothing of our analysis is used here: only what a stranger would do with the committed files.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

Cells = list[list[str]]
ABOVE = 10.0


@pytest.fixture(scope="module")
def report(live_report: Path) -> Path:
    return live_report / "report"


@pytest.fixture(scope="module")
def base(report: Path) -> sqlite3.Connection:
    """The CSV files as tables: exported, monthly, counts, facts, published, pairs, domains."""
    connection = sqlite3.connect(":memory:")
    data = report.parent / "data"
    metrics = data / "metrics"
    fill(connection, "exported", [(report / "landscape.csv", {})])
    fill(connection, "facts", [(metrics / "repositories.csv", {})])
    for table, paths, column in (
        ("monthly", sorted((metrics / "opendigger").glob("*.csv")), "month"),
        ("counts", sorted((metrics / "github").glob("*.csv")), "month"),
        ("pairs", sorted((metrics / "collaboration").glob("*.csv")), "window"),
        ("published", sorted((data / "editions").glob("*/projects.csv")), "edition"),
    ):
        named = [(path, {column: path.parent.name if column == "edition" else path.stem})
                 for path in paths]  # fmt: skip
        fill(connection, table, named)
    connection.execute("create table known as select project, month, "
                       "cast(openrank as real) as value, vintage from monthly "
                       "where openrank <> ''")  # fmt: skip
    return connection


def fill(
    connection: sqlite3.Connection, table: str, files: list[tuple[Path, dict[str, str]]]
) -> None:
    rows = []
    for path, more in files:
        with path.open(encoding="utf-8", newline="") as stream:
            rows += [{**row, **more} for row in csv.DictReader(stream)]
    names = list(dict.fromkeys(name for row in rows for name in row))
    connection.execute(f"create table {table} ({', '.join(chr(34) + n + chr(34) for n in names)})")
    connection.executemany(
        f"insert into {table} values ({', '.join('?' * len(names))})",
        [[row.get(name) or "" for name in names] for row in rows],
    )


def read_table(path: Path, anchor: str, number: int = 0) -> Cells:
    """Return the cells, as text, of a table below an anchor; the head is left out."""
    text = path.read_text(encoding="utf-8").split(f'<a id="{anchor}"></a>', 1)[1]
    text = text.split("\n## ", 2)[1] if "\n## " in text else text
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    rows = [line.strip("| \n").split(" | ") for line in tables[number].splitlines()[2:]]
    return [[clean(cell) for cell in row] for row in rows]


def clean(cell: str) -> str:
    cell = re.sub(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)", r"\1", cell.split("<br>")[0])
    return re.sub(r"\\(.)", r"\1", cell.replace("&#8288;", "").replace("**", "").strip())


def ask(base: sqlite3.Connection, query: str, *values: object) -> list[tuple[Any, ...]]:
    return base.execute(query, values).fetchall()


def read_window(base: sqlite3.Connection) -> tuple[str, str]:
    """Return the first and last month of the mean: the year to date of the newest month."""
    [(newest,)] = ask(base, "select max(month) from known")
    return f"{str(newest)[:4]}-01", str(newest)


def list_means(base: sqlite3.Connection) -> dict[str, float]:
    rows = ask(
        base,
        "select project, avg(value) from known where month between ? and ? group by project",
        *read_window(base),
    )
    return {str(project): float(str(mean)) for project, mean in rows}


def test_the_top_20_are_the_largest_means_with_their_facts(
    report: Path, base: sqlite3.Connection
) -> None:
    means = list_means(base)
    verdicts = dict(ask(base, "select project, verdict from exported"))
    names = dict(ask(base, "select project, name from exported"))
    stars = dict(ask(base, "select project, stars from counts where stars <> '' order by month"))
    created = dict(ask(base, "select project, created_at from facts"))
    people = dict(ask(base, "select project, participants from monthly where month = ?",
                      read_window(base)[1]))  # fmt: skip
    on_map = [project for project in means if verdicts[project] == "on the map"]
    first = sorted(on_map, key=lambda project: (-round(means[project], 6), project))[:20]
    expected = [
        [
            str(rank),
            names[project],
            f"{means[project]:,.1f}",
            f"{int(str(stars[project])):,}",
            f"{float(str(people[project])):,.0f}",
            str(created[project])[:7],
        ]
        for rank, project in enumerate(first, start=1)
    ]
    shown = [[*row[:5], row[6]] for row in read_table(report / "README.md", "top20")]
    assert shown == expected


def test_who_is_on_the_map_is_above_the_threshold(report: Path, base: sqlite3.Connection) -> None:
    means = list_means(base)
    rows = ask(base, "select project, verdict, openrank_mean, months_known from exported")
    for project, verdict, mean, _ in rows:
        if verdict in {"on the map", "below"} and mean:
            assert means[str(project)] == pytest.approx(float(str(mean)), abs=0.006)
            assert (means[str(project)] > ABOVE) == (verdict == "on the map"), project
    count = sum(verdict == "on the map" for _, verdict, _, _ in rows)
    headline = (report / "README.md").read_text(encoding="utf-8")
    assert f"**{count} of {len(rows)} projects** on the map" in headline


def compare(base: sqlite3.Connection) -> dict[str, tuple[float, float]]:
    """Return, by project, the means of the earlier and the current period, where comparable."""
    [(label,)] = ask(base, "select distinct change_basis from exported where change_basis <> ''")
    now, before = (part.split("..") for part in str(label).split(" vs "))
    over = {project for (project,) in ask(base, "select project from exported "
            "where verdict in ('retired', 'gone')")}  # fmt: skip
    rows = ask(base, "select project, month, value, vintage from known "
               "where month between ? and ? or month between ? and ?", *before, *now)  # fmt: skip
    months: dict[str, dict[str, float]] = defaultdict(dict)
    vintages: dict[str, set[object]] = defaultdict(set)
    for project, month, value, vintage in rows:
        months[str(project)][str(month)] = float(str(value))
        vintages[str(project)].add(vintage)
    wanted = {month for values in months.values() for month in values}
    assert len(wanted) == 6
    return {
        project: (
            sum(values[m] for m in wanted if m <= before[1]) / 3,
            sum(values[m] for m in wanted if m >= now[0]) / 3,
        )
        for project, values in months.items()
        if set(values) == wanted and len(vintages[project]) == 1 and project not in over
    }


def sign(value: float, decimals: int = 1) -> str:
    text = f"{abs(value):,.{decimals}f}"
    return text if not float(text.replace(",", "")) else ("+" if value > 0 else "−") + text


def test_movers_are_differences_of_two_means(report: Path, base: sqlite3.Connection) -> None:
    means, names = compare(base), dict(ask(base, "select project, name from exported"))
    totals = [sum(pair[side] for pair in means.values()) for side in (0, 1)]
    for anchor, way in (("gains", 1), ("losses", -1)):
        moved = [p for p, (before, now) in means.items() if (now - before) * way > 0]
        moved.sort(key=lambda p: (round(-way * (means[p][1] - means[p][0]), 6), p))
        expected = []
        for project in moved[:40]:
            before, now = means[project]
            share = 100 * (now / totals[1] - before / totals[0])
            relative = sign(100 * (now / before - 1), 0) + "%" if before else "–"
            expected.append([names[project], f"{before:,.1f}", f"{now:,.1f}",
                             sign(now - before), relative, sign(share, 2)])  # fmt: skip
        shown = [[row[0], *row[2:]] for row in read_table(report / "movers.md", anchor)]
        assert [row[0] for row in shown] == [row[0] for row in expected]
        assert_rows_close(shown, expected)
    text = (report / "movers.md").read_text(encoding="utf-8")
    assert f"**{len(means)} of " in text
    assert f"**{sign(100 * (totals[1] / totals[0] - 1), 0)}%**" in text


def assert_rows_close(shown: Cells, expected: Cells) -> None:
    """Equal cells, but for the last digit of numbers that lie halfway between two."""
    for row, again in zip(shown, expected, strict=True):
        for cell, other in zip(row, again, strict=True):
            if cell != other:
                numbers = [
                    float(c.strip("%").replace("−", "-").replace(",", "")) for c in (cell, other)
                ]
                digits = len(cell.strip("%").partition(".")[2])
                assert abs(numbers[0] - numbers[1]) <= 1.01 * 10**-digits, (row, again)


def test_domain_growth_is_the_ratio_of_sums(report: Path, base: sqlite3.Connection) -> None:
    means, domains = compare(base), dict(ask(base, "select project, domain from exported"))
    sums: dict[object, list[tuple[float, float]]] = defaultdict(list)
    for project, pair in means.items():
        sums[domains[project]].append(pair)
    text = (report / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \*\*\[[^]]*\]\(domains/([a-z-]+)\.md\)\*\* \|(.*)$", text, re.MULTILINE)
    cells = {domain: row.split(" | ")[3].strip() for domain, row in rows}
    told = {domain: change for domain, change in cells.items() if change != "–"}
    drawn = {domain: pairs for domain, pairs in sums.items() if len(pairs) >= 3}
    assert told.keys() == drawn.keys()
    for domain, pairs in drawn.items():
        growth = 100 * (sum(now for _, now in pairs) / sum(before for before, _ in pairs) - 1)
        assert told[str(domain)] == sign(growth, 0) + "%", domain


def test_freshness_counts_days_of_creation(report: Path, base: sqlite3.Connection) -> None:
    as_of = read_window(base)[1]
    since = f"{int(as_of[:4]) - 1}-01"
    text = (report / "README.md").read_text(encoding="utf-8")
    found = re.search(r"\*\*(\d+) of (\d+)\*\* projects on the map \((\S+)%\) were created since "
                      r"(\S+), \*\*(\d+)\*\* of them \((\S+)%\) since (\S+)\.", text)  # fmt: skip
    assert found
    assert found[4] == since
    query = "select count(*) from exported where verdict = 'on the map' and created_at <> ''"
    [(known,)] = ask(base, query)
    for number, month in ((1, since), (5, found[7])):
        [(count,)] = ask(base, f"{query} and substr(created_at, 1, 7) >= ?", month)
        assert int(found[number]) == count
        assert float(found[number + (2 if number == 1 else 1)]) == pytest.approx(
            100 * int(str(count)) / int(str(known)), abs=0.5
        )
    assert int(found[2]) == known


def test_the_graveyard_is_who_shone_and_went_quiet(report: Path, base: sqlite3.Connection) -> None:
    as_of = read_window(base)[1]
    expected = {}
    for project, name, created, last, archived, stars in ask(
        base,
        "select project, name, created_at, last_commit_at, archived, stars from exported",
    ):
        idle = (
            (int(as_of[:4]) - int(str(last)[:4])) * 12 + int(as_of[5:]) - int(str(last)[5:7])
            if last else 0
        )  # fmt: skip
        quiet = str(created) >= "2022-12-01" and stars and int(str(stars)) >= 9000 and idle >= 4
        path = report.parent / "data" / "projects" / f"{project}.yaml"
        over = yaml.safe_load(path.read_text(encoding="utf-8")).get("retired")
        if (over and str(over["date"])[:7] <= as_of) or archived == "true" or quiet:
            expected[str(name)] = f"{int(str(stars)):,}" if stars else "–"
    text = (report / "README.md").read_text(encoding="utf-8").split('<a id="graveyard"></a>')[1]
    table = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)[0].splitlines()[2:]
    shown = {clean(row.split(" | ")[0].strip("| ")): row.split(" | ")[4].strip() for row in table}
    assert shown == expected
    numbers = [int(value.replace(",", "")) for value in shown.values() if value != "–"]
    assert numbers == sorted(numbers, reverse=True)


def test_who_left_since_the_last_edition_is_the_difference_of_two_lists(
    report: Path, base: sqlite3.Connection
) -> None:
    [(last,)] = ask(base, "select max(edition) from published")
    before = {p for (p,) in ask(base, "select project from published where edition = ? "
              "and on_the_map = 'true'", last)}  # fmt: skip
    now = {p for (p,) in ask(base, "select project from exported where verdict = 'on the map'")}
    text = (report / "README.md").read_text(encoding="utf-8").split('<a id="changes"></a>')[1]
    sums = text.split("\n- ")[0]
    assert f"From {len(before)} projects in {last} to {len(now)} in " in sums
    assert f"{len(before & now)} stayed" in sums
    assert f"{len(now - before)} came" in sums
    assert f"{len(before - now)} left" in sums
    told = sum(int(count) for count in re.findall(r"\*\*Left, [^*]*\((\d+)\):\*\*", text))
    assert told == len(before - now)


def test_survival_counts_whom_three_months_keep_above(
    report: Path, base: sqlite3.Connection
) -> None:
    """At risk at the start of the first edition: mean of its last three months above 10."""
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for project, month, value in ask(base, "select project, month, value from known"):
        values[str(project)][str(month)] = float(str(value))
    created = {str(p): str(c) for p, c in ask(base, "select project, created_at from facts")}
    start, end = "2025-04", read_window(base)[1]
    months = [f"{year}-{month:02d}" for year in range(2005, 2030) for month in range(1, 13)]
    members = [str(p) for (p,) in ask(base, "select project from published "
               "where edition = '2025-05' and on_the_map = 'true'")]  # fmt: skip
    at_risk = ended = 0
    for project in members:
        series = values[project]
        first = min(series, default="")
        birth = created.get(project, "")[:7]
        seen = bool(birth and first) and 0 <= months.index(first) - months.index(birth) <= 3
        path = []
        for place in range(months.index(start), months.index(end) + 1):
            window = months[place - 2 : place + 1]
            if seen and first in window[1:]:
                window = window[window.index(first) :]
            known = [series[month] for month in window if month in series]
            path.append(round(sum(known) / len(known), 6) if len(known) == len(window) else None)
        if path[0] is None or path[0] <= ABOVE:
            continue
        at_risk += 1
        for mean in path:
            if mean is None:
                break
            if mean <= ABOVE:
                ended += 1
                break
    rows = {row[0]: row for row in read_table(report / "survival.md", "by-edition")}
    row = rows["edition 2025-05"]
    assert [int(cell) for cell in row[1:4]] == [len(members), at_risk, ended]


def test_the_network_shows_the_pairs_above_its_limit(
    report: Path, base: sqlite3.Connection
) -> None:
    text = (report / "README.md").read_text(encoding="utf-8")
    found = re.search(r"Network of (\d+) projects and (\d+) pairs with at least (\d+) common", text)
    assert found
    pairs = ask(
        base,
        "select project_a, project_b from pairs where window = (select max(window) from pairs) "
        "and cast(common_developers as integer) >= ? "
        "and project_a in (select project from exported) "
        "and project_b in (select project from exported)",
        int(found[3]),
    )
    assert len(pairs) == int(found[2])
    assert len({project for pair in pairs for project in pair}) == int(found[1])


def test_project_pages_tell_the_stored_values_and_ranks(
    report: Path, base: sqlite3.Connection
) -> None:
    as_of = read_window(base)[1]
    ranked = [
        str(project)
        for (project,) in ask(
            base, "select project from known where month = ? order by value desc, project", as_of
        )
    ]
    values = dict(ask(base, "select project, value from known where month = ?", as_of))
    for place, project in enumerate(ranked, start=1):
        page = report / "projects" / f"{project}.md"
        if not page.exists():
            continue
        openrank, rank, of = read_table(page, "months")
        assert openrank[-1] == f"{float(str(values[project])):,.1f}", project
        assert (rank[-1], of[-1]) == (f"{place:,}", f"{len(ranked):,}"), project
