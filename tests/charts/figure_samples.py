"""Tables for the tests of the report's further figures: realistic ones and the hard cases."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from landscape.analysis.collaboration import select_neighbourhood, select_network
from landscape.analysis.domain_growth import compute_domain_growth
from landscape.analysis.head_to_head import HeadToHead
from landscape.analysis.model import Landscape
from landscape.analysis.race import compute_race
from landscape.base.languages import Messages, load_messages
from landscape.charts.domain_growth import draw_domain_growth
from landscape.charts.duel import draw_duel
from landscape.charts.neighbourhood import draw_neighbourhood
from landscape.charts.network import draw_network
from landscape.charts.palette import LIGHT, Theme
from landscape.charts.quadrant import QuadrantAxes, draw_quadrant
from landscape.charts.race import draw_race
from landscape.charts.race_animation import draw_race_animation
from landscape.charts.race_words import tell_moving_race, tell_race
from landscape.charts.technology import draw_technology
from landscape.charts.timeline import Event, draw_timeline
from tests.charts.chart_samples import CHINESE, HOSTILE, LONG, create_changes, create_series, grow

FAMILIES = {"d0": "Applications", "d1": "Infrastructure", "d2": LONG}
AXES = QuadrantAxes("Copilot", "Agent", "Citizen developer", "Professional developer")
LONG_AXES = QuadrantAxes(LONG, LONG, CHINESE, CHINESE * 2)


def create_growth(changes: Sequence[float | None], per_domain: int, name: str = "") -> Landscape:
    """Return a landscape whose projects, so many a domain, moved so much."""
    names = [name] * len(changes) if name else ()
    landscape = create_changes(changes, names)
    projects = landscape.projects.assign(
        domain=[f"d{index // per_domain:02d}" for index in range(len(changes))],
        change_earlier=40.0 - landscape.projects["change"].clip(upper=0.0),
    )
    projects["change_current"] = projects["change_earlier"] + projects["change"]
    return dataclasses.replace(landscape, projects=projects)


def create_race(values: Sequence[Sequence[float]], seam: str = "") -> pd.DataFrame:
    """Return the race of projects p00, p01, ... by their values from 2025-01 on; NaN unknown."""
    series = {
        f"p{index:02d}": {f"2025-{month + 1:02d}": value for month, value in enumerate(own)}
        for index, own in enumerate(values)
    }
    seams = {"2025-01": "2025-09", seam: "2026-05"} if seam else None
    return compute_race(create_series(series, seams), list(series))


def create_pairs(count: int, first: int = 20, step: int = 7) -> pd.DataFrame:
    """Return so many pairs among projects, the later ones with more common developers."""
    side = 2
    while side * (side - 1) // 2 < count:
        side += 1
    pairs = [(a, b) for a in range(side) for b in range(a + 1, side)][:count]
    rows = [
        (f"p{a:03d}", f"p{b:03d}", first + step * index, "2025-05")
        for index, (a, b) in enumerate(pairs)
    ]
    columns = ["project_a", "project_b", "common_developers", "vintage"]
    return pd.DataFrame(rows, columns=columns).astype({"common_developers": "Int64"})


def create_nodes(count: int, names: Sequence[str] = (), equal: bool = False) -> pd.DataFrame:
    """Return projects for a network; the first is the largest."""
    return pd.DataFrame(
        {
            "project": [f"p{index:03d}" for index in range(count)],
            "name": [names[i % len(names)] if names else f"Project {i}" for i in range(count)],
            "layer": "layer",
            "group": "",
            "domain": [f"d{index % 3}" for index in range(count)],
            "openrank_mean": [
                10.0 if equal else 1000.0 / (index + 1) ** 2 for index in range(count)
            ],
        }
    )


def create_spots(places: Sequence[tuple[float, float]], name: str = "") -> pd.DataFrame:
    """Return projects on two axes; every third one's OpenRank is unknown."""
    return pd.DataFrame(
        {
            "project": [f"p{index:02d}" for index in range(len(places))],
            "name": [name or f"Project {index}" for index in range(len(places))],
            "x": [x for x, _ in places],
            "y": [y for _, y in places],
            "openrank": [
                float("nan") if index % 3 == 2 else 900.0 / (index + 1)
                for index in range(len(places))
            ],
        }
    )


def create_duel(
    names: tuple[str, str] = ("vLLM", "SGLang"),
    numbers: Sequence[tuple[str, float, float]] = (),
    fact: str = "Python",
) -> HeadToHead:
    """Return two projects beside each other."""
    told = list(numbers) or [
        ("openrank_mean", 550.0, 440.0),
        ("growth", -8.9, 6.2),
        ("stars", 79374.0, float("nan")),
    ]
    return HeadToHead(
        projects=("a", "b"),
        names=names,
        quarter=("2026-02", "2026-03", "2026-04"),
        numbers=pd.DataFrame(told, columns=["metric", "a", "b"]),
        facts=pd.DataFrame([("language", fact, "")], columns=["metric", "a", "b"]),
        series=create_series(
            {"a": grow("2024-01", "2026-04", 90, 1.05), "b": grow("2025-01", "2026-04", 80, 1.1)},
            {"2024-01": "2024-10", "2025-05": "2026-05"},
        ),
        facts_month="2026-05",
    )


def create_years(values: dict[str, Sequence[float]], vintage: str) -> pd.DataFrame:
    """Return yearly figures of domains, from 2016 on."""
    rows = [
        (domain, str(2016 + index), value, vintage)
        for domain, own in values.items()
        for index, value in enumerate(own)
    ]
    return pd.DataFrame(rows, columns=["domain", "year", "openrank", "vintage"])


READ_OFF = "read-off-picture-2025-05"
NAN = float("nan")
SWAPPING = [[100.0 + (7 * place + month * (place - 6)) % 90 for month in range(12)]
            for place in range(14)]  # fmt: skip
GRID = [(x / 2, y / 2) for x in range(-2, 3) for y in range(-2, 3)]
PROTOCOLS: list[Event] = [
    ("2023-06", "Function calling"), ("2024-11", "MCP"), ("2025-04", "A2A"), ("2025-05", "AG-UI"),
]  # fmt: skip

TECHNOLOGY = {
    "realistic": pd.concat(
        [
            create_years({"ai": [35000, 57000, 283000], "frontend": [49000, 55000, 43000],
                          "database": [39000, 46000, 98000]}, READ_OFF),
            create_years({"ai": [164514.84, 182270.17]}, "opendigger-2025-larger-sets"),
        ]
    ),
    "all-equal": create_years({"ai": [5, 5], "database": [5, 5], "other": [5, 5]}, "x"),
    "one-year": create_years({"ai": [5]}, READ_OFF),
}  # fmt: skip
GROWTH = {
    "realistic": create_growth([60.0, 50.0, 9.0, *[-float(i) for i in range(45)], None, None], 4),
    "all-equal": create_growth([5.0] * 60, 3, CHINESE),
    "a-thousand-times": create_growth([40000.0] * 3 + [40.0, -9.0, -10.0] * 6, 3, LONG),
    "few-compared": create_growth([1.0, 2.0, None, None], 4),
}
RACES = {
    "realistic": create_race(SWAPPING, seam="2025-06"),
    "two-projects": create_race([[1.0, 2.0], [2.0, 1.0]]),
    "gaps": create_race([[9.0, NAN, 9.0, 9.0], [8.0, 8.0, 8.0, 8.0], [NAN, 7.0, 7.0, NAN]]),
    "all-equal": create_race([[5.0] * 6] * 12),
    "one-month": create_race([[1.0], [2.0]]),
}
NETWORKS = {
    "realistic": select_network(create_pairs(250), create_nodes(70), 60),
    "long-names": select_network(create_pairs(60), create_nodes(20, [LONG, CHINESE, HOSTILE]), 20),
    "one-pair": select_network(create_pairs(1), create_nodes(2), 20),
    "all-equal": select_network(create_pairs(90, step=0), create_nodes(40, equal=True), 20),
    "none": select_network(create_pairs(3), create_nodes(9), 999),
}
NEIGHBOURHOODS = {
    "realistic": select_neighbourhood(create_pairs(250), create_nodes(70), "p001"),
    "long-names": select_neighbourhood(
        create_pairs(250, step=4000), create_nodes(40, [LONG, CHINESE]), "p000"
    ),
    "one": select_neighbourhood(create_pairs(1), create_nodes(2), "p000"),
    "none": select_neighbourhood(create_pairs(3), create_nodes(9), "p008"),
}
QUADRANTS = {
    "realistic": create_spots([(x * 0.9, y * 0.9) for x, y in GRID]),
    "all-equal": create_spots([(0.5, 0.5)] * 14),
    "long-names": create_spots([(1.0, 1.0), (1.0, 1.0), (-1.0, -1.0), (0.0, 0.0)], LONG),
    "none": create_spots([]),
}
TIMELINES: dict[str, list[Event]] = {
    "realistic": PROTOCOLS,
    "one": PROTOCOLS[:1],
    "same-month": [("2025-05", f"{LONG} {index}") for index in range(6)],
    "many": [(f"20{23 + index // 6}-{1 + index % 6:02d}", CHINESE * 2) for index in range(16)],
    "none": [],
}
DUELS = {
    "realistic": create_duel(),
    "long-names": create_duel((LONG, CHINESE), fact=LONG * 3),
    "a-thousand-times": create_duel(
        numbers=[("openrank_mean", 9000.0, 9.0), ("growth", 4000.0, -3.0)]
    ),
    "all-equal": create_duel(numbers=[("openrank_mean", 0.0, 0.0), ("growth", 0.0, 0.0)]),
    "unknown": create_duel(numbers=[("openrank_mean", 5.0, NAN)]),
}

Draw = Callable[[str, Theme, Messages], str | None]


def _draw_growth(case: str, theme: Theme, messages: Messages) -> str | None:
    names = {"d00": LONG, "d01": CHINESE}
    table = compute_domain_growth(GROWTH[case].projects)
    return draw_domain_growth(table, GROWTH[case], names, theme=theme, messages=messages)


NAMES = {"p01": LONG, "p02": CHINESE, "p03": HOSTILE}


def _draw_race(case: str, theme: Theme, messages: Messages) -> str | None:
    tell = partial(tell_race, names=NAMES, messages=messages, group="Frameworks")
    return draw_race(RACES[case], NAMES, theme=theme, tell=tell)


def _draw_animation(case: str, theme: Theme, messages: Messages) -> str | None:
    tell = partial(tell_moving_race, names=NAMES, messages=messages, group=CHINESE)
    return draw_race_animation(RACES[case], NAMES, theme=theme, tell=tell)


def _draw_quadrant(case: str, theme: Theme, messages: Messages) -> str | None:
    return draw_quadrant(
        QUADRANTS[case], LONG_AXES if case == "long-names" else AXES, theme=theme,
        messages=messages, title="Where they stand", months="2026-01–2026-04", vintages=["live"],
    )  # fmt: skip


DRAWERS: dict[str, tuple[Sequence[str], Draw]] = {
    "technology": (list(TECHNOLOGY), lambda case, theme, messages: draw_technology(
        TECHNOLOGY[case], theme=theme, messages=messages)),
    "domain-growth": (list(GROWTH), _draw_growth),
    "race": (list(RACES), _draw_race),
    "race-animation": (list(RACES), _draw_animation),
    "race-without-words": (list(RACES), lambda case, theme, _: draw_race(
        RACES[case], NAMES, theme=theme)),
    "race-animation-without-words": (list(RACES), lambda case, theme, _: draw_race_animation(
        RACES[case], NAMES, theme=theme)),
    "network": (list(NETWORKS), lambda case, theme, messages: draw_network(
        NETWORKS[case], FAMILIES, theme=theme, messages=messages)),
    "neighbourhood": (list(NEIGHBOURHOODS), lambda case, theme, messages: draw_neighbourhood(
        NEIGHBOURHOODS[case], FAMILIES, theme=theme, messages=messages)),
    "quadrant": (list(QUADRANTS), _draw_quadrant),
    "timeline": (list(TIMELINES), lambda case, theme, messages: draw_timeline(
        TIMELINES[case], theme=theme, messages=messages, title="Events", footnote="Told by all.")),
    "duel": (list(DUELS), lambda case, theme, messages: draw_duel(
        DUELS[case], theme=theme, messages=messages)),
}  # fmt: skip
WITHOUT_PICTURE = {
    ("technology", "one-year"), ("domain-growth", "few-compared"), ("race", "one-month"),
    ("race-animation", "one-month"), ("race-without-words", "one-month"),
    ("race-animation-without-words", "one-month"), ("network", "none"), ("neighbourhood", "none"),
    ("quadrant", "none"), ("timeline", "none"), ("duel", "unknown"),
}  # fmt: skip
EVERY_FIGURE = [
    (kind, case)
    for kind, (cases, _) in DRAWERS.items()
    for case in cases
    if (kind, case) not in WITHOUT_PICTURE
]


def draw_figure(kind: str, case: str, theme: Theme = LIGHT, language: str = "en") -> str:
    """Draw the sample, which must give a picture."""
    svg = DRAWERS[kind][1](case, theme, load_messages("charts", language))
    assert svg is not None
    return svg
