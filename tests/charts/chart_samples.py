"""Landscapes for the tests of the charts: a realistic one, and the hard cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from landscape.analysis.model import ChangeBasis, Landscape, Verdict, Window
from landscape.base.months import list_months
from landscape.charts.coverage import STATES

LONG = "An Extraordinarily Long Name of a Project with Sixty Letters"
HOSTILE = "<b>&\"quotes\" & 'more' $x_{y}^2$ {{ braces }}"
CHINESE = "大模型推理引擎与智能体开发框架平台"
CURRENT = ("2026-02", "2026-03", "2026-04")
EARLIER = ("2025-05", "2025-06", "2025-07")


def create_changes(
    changes: Sequence[float | None], names: Sequence[str] = (), vintage: str = "2026-05"
) -> Landscape:
    """Return a landscape whose projects moved so much; None is not comparable."""
    ids = [f"p{index:03d}" for index in range(len(changes))]
    earlier = [max(-(change or 0.0), 0.0) + 40.0 for change in changes]
    known = [change is not None for change in changes]
    projects = pd.DataFrame(
        {
            "project": ids,
            "name": [names[i] if i < len(names) else f"Project {i}" for i in range(len(ids))],
            "verdict": [Verdict.ON_THE_MAP] * len(ids),
            "change": pd.Series(list(changes), dtype="float64"),
        }
    )
    projects["change_percent"] = projects["change"] / pd.Series(earlier, dtype="float64") * 100
    total_earlier = sum(value for value, is_known in zip(earlier, known, strict=True) if is_known)
    total_current = total_earlier + sum(change or 0.0 for change in changes)
    kind = "quarter" if any(known) else "none"
    basis = ChangeBasis(kind, CURRENT, EARLIER, sum(known), total_current, total_earlier)
    series = pd.DataFrame(
        [(project, month, 40.0, vintage) for project in ids for month in (*EARLIER, *CURRENT)],
        columns=["project", "month", "openrank", "vintage"],
    )
    return _create(projects=projects, basis=basis, series=series)


def create_freshness(quarters: Mapping[str, int], unknown: int = 0) -> Landscape:
    """Return a landscape with so many projects on the map created in each quarter."""
    dated = sum(quarters.values())
    rows: list[tuple[str, str, int]] = []
    for measure, since in (("since-last-year", "2025-01"), ("within-six-months", "2025-11")):
        young = sum(count for quarter, count in quarters.items() if quarter >= since[:4] + "-Q1")
        rows.append((measure, since, young))
    rows.append(("unknown", "", unknown))
    rows += [("quarter", quarter, count) for quarter, count in quarters.items()]
    table = pd.DataFrame(rows, columns=["measure", "period", "projects"])
    table["share"] = 100 * table["projects"] / max(dated, 1)
    return _create(freshness=table.assign(of=dated))


def create_coverage(
    counts: Mapping[str, Mapping[str, int]],
    metrics: Sequence[str] = ("openrank",),
    vintages: Mapping[str, str] | None = None,
    unpublished: Sequence[str] = (),
) -> Landscape:
    """Return a landscape with so many projects in each state, by month."""
    labels = vintages or {}
    rows = [
        {
            "metric": metric,
            "month": month,
            **dict.fromkeys(STATES, 0),
            **states,
            "vintages": labels.get(month, "live"),
            "published": month not in unpublished,
        }
        for metric in metrics
        for month, states in counts.items()
    ]
    return _create(coverage=pd.DataFrame(rows))


def create_series(
    values: Mapping[str, Mapping[str, float]], seams: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return a series; ``seams`` maps the first month of a vintage to its label."""
    starts = sorted((seams or {"0000-00": "live"}).items())
    rows = []
    for project, months in values.items():
        for month, value in months.items():
            vintage = [label for start, label in starts if month >= start][-1]
            rows.append((project, month, value, vintage))
    return pd.DataFrame(rows, columns=["project", "month", "openrank", "vintage"])


def grow(first: str, last: str, start: float, factor: float) -> dict[str, float]:
    """Return a value a month that grows by the factor."""
    months = list_months(first, last)
    return {month: start * factor**step for step, month in enumerate(months)}


def _create(
    projects: pd.DataFrame | None = None,
    basis: ChangeBasis | None = None,
    series: pd.DataFrame | None = None,
    coverage: pd.DataFrame | None = None,
    freshness: pd.DataFrame | None = None,
) -> Landscape:
    empty = pd.DataFrame()
    months = list_months("2026-01", "2026-04")
    return Landscape(
        window=Window("openrank", "year-to-date", 10.0, months, months),
        basis=basis or ChangeBasis("none", (), (), 0, 0.0, 0.0),
        projects=projects if projects is not None else empty,
        series=series if series is not None else empty,
        published=months,
        facts_month="2026-04",
        coverage=coverage if coverage is not None else empty,
        freshness=freshness if freshness is not None else empty,
    )


def _imagine_changes() -> list[float | None]:
    # Most lose a little, few gain much, a sixth is not comparable: like the real ones.
    few: list[float | None] = [492.0, 418.0, 345.7, 62.7, 57.8, 49.7, 33.5, 27.1, 12.6, 0.0]
    losses = [-325.0, -315.0, -290.7, -219.0, -166.0, -165.0, -158.0, -148.9]
    many = [-(3.0 + 140.0 * (index / 150) ** 2.2) for index in range(150)]
    return [*few, *losses, *many, *[None] * 25]


WELL_KNOWN = ("Claude Code", "opencode", "Codex", "Megatron-LM", "Dynamo", "SGLang")
MANY_MONTHS = list_months("2024-05", "2026-04")
QUARTERS = {f"{year}-Q{quarter}": (year * quarter) % 7 for year in range(2010, 2026)
            for quarter in (1, 2, 3, 4)} | {"2026-Q1": 7, "2026-Q2": 2}  # fmt: skip
NEWEST = ("2025-Q4", "2026-Q1", "2026-Q2")

MOVERS: dict[str, Landscape] = {
    "realistic": create_changes(_imagine_changes(), WELL_KNOWN),
    "one-project": create_changes([12.0], ["Alone"]),
    "all-equal": create_changes([5.0] * 40),
    "none-moved": create_changes([0.0] * 12),
    "only-losses": create_changes([-1.0, -2.5, -30.0]),
    "a-thousand-times": create_changes([9000.0, *[9.0] * 60, *[-9.0] * 60]),
    "close-extremes": create_changes([100.0, 100.1, 100.2, 100.3, 100.4, -50.0, -50.1, -50.2]),
    "sixty-letters": create_changes([50.0, 40.0, 30.0, -20.0, -30.0], [LONG] * 5),
    "chinese-names": create_changes([50.0, 40.0, 1.0, -2.0, -30.0], [CHINESE] * 5),
    "hostile-names": create_changes([50.0, -30.0], [HOSTILE, "$\\frac{1}{2}$ `x` | @all"]),
}
FRESHNESS: dict[str, Landscape] = {
    "realistic": create_freshness(QUARTERS, unknown=2),
    "one-quarter": create_freshness({"2026-Q2": 3}),
    "one-project": create_freshness({"2025-Q2": 0, "2025-Q3": 1} | dict.fromkeys(NEWEST, 0)),
    "a-thousand-times": create_freshness(
        {"2025-Q3": 1, "2025-Q4": 1000, "2026-Q1": 1, "2026-Q2": 0}
    ),
    "twelve-quarters": create_freshness(dict.fromkeys(list(QUARTERS)[-12:], 4)),
    "half-a-century": create_freshness(
        {f"{year}-Q{q}": 120 for year in range(1976, 2027) for q in (1, 2, 3, 4)}
    ),
}
COVERAGE: dict[str, Landscape] = {
    "realistic": create_coverage(
        {m: {"known": 30 if m < "2025-01" else 190, "not_created": 20,
             "unknown": 183 if m < "2025-01" else 23} for m in MANY_MONTHS},
        metrics=("openrank", "participants"),
        vintages={m: "2024-10" if m < "2024-12" else "2025-09" if m < "2025-06" else "2026-05+live"
                  for m in MANY_MONTHS},
        unpublished=("2024-10", "2026-04"),
    ),
    "every-state": create_coverage(
        {m: dict.fromkeys(STATES, 10) for m in MANY_MONTHS},
        metrics=("openrank", "change_requests_accepted", "issues_and_change_request_active"),
    ),
    "one-month": create_coverage({"2026-04": {"known": 1}}),
    "nothing-known": create_coverage({m: {"unknown": 1} for m in MANY_MONTHS[:2]}),
    "a-seam-each-month": create_coverage(
        {m: {"known": 1000} for m in MANY_MONTHS},
        vintages={m: f"{m}+live" for m in MANY_MONTHS},
    ),
}  # fmt: skip
TRENDS: dict[str, tuple[pd.DataFrame, dict[str, str]]] = {
    "realistic": (
        create_series(
            {
                "vllm": grow("2023-02", "2024-09", 30, 1.15) | grow("2025-01", "2026-04", 490, 1.0),
                "sglang": grow("2024-01", "2026-04", 30, 1.09),
                "ollama": grow("2025-05", "2026-04", 340, 0.9),
                "lmdeploy": grow("2023-07", "2026-04", 28, 0.99),
                "gone": grow("2023-05", "2023-12", 90, 0.8),
                "dot": {"2025-08": 120.0},
            },
            {"2015-01": "2024-10", "2025-01": "2025-09", "2025-05": "2026-05"},
        ),
        {"vllm": "vLLM", "sglang": "SGLang", "ollama": "Ollama", "lmdeploy": "LMDeploy",
         "gone": "Gone", "dot": "Dot"},
    ),
    "one-value": (create_series({"a": {"2026-04": 12.5}}), {"a": "Alone"}),
    "all-equal": (
        create_series({n: grow("2025-01", "2026-04", 10, 1) for n in "abcdef"}),
        {n: f"Project {n}" for n in "abcdef"},
    ),
    "all-zero": (create_series({"a": grow("2025-01", "2026-04", 0, 1)}), {"a": "Zero"}),
    "a-thousand-times": (
        create_series({"a": grow("2016-01", "2026-04", 10000, 1),
                       "b": grow("2025-01", "2026-04", 9, 1),
                       "c": grow("2025-01", "2026-04", 10, 1)}),
        {"a": LONG, "b": CHINESE, "c": HOSTILE},
    ),
    "two-months": (create_series({"a": {"2026-03": 3.0, "2026-04": 5.0}}), {"a": "Young"}),
}  # fmt: skip
