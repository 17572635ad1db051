"""Which part of the collaboration table is shown (F13): the whole, and one project's neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from landscape.metrics.model import ArchiveSpan


@dataclass(frozen=True)
class Network:
    """A part of the collaboration network.

    nodes: project, name, layer, group, domain, openrank (float, mean of the window, NaN
        unknown), degree (int: edges shown), strength (int: sum of their common developers);
        ordered by project.
    edges: project_a, project_b, common_developers (int), ordered by these.
    at_least: the fewest common developers of an edge that is shown.
    edges_total, nodes_total: how many the table has among the current projects.
    vintages: of the edges shown, sorted.
    center: the project whose neighbourhood it is; empty for the whole.
    span: the months and hours of the archive that the pairs were counted from; None unknown.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    at_least: int
    edges_total: int
    nodes_total: int
    vintages: tuple[str, ...]
    center: str = ""
    span: ArchiveSpan | None = None


def select_network(pairs: pd.DataFrame, projects: pd.DataFrame, at_least: int) -> Network:
    """Return the pairs of current projects with at least so many common developers.

    pairs: project_a, project_b, common_developers (Int64, NA unknown), vintage. projects:
    project, name, layer, group, domain, openrank_mean. Pairs with a project that the dataset
    does not have are left out and not counted.
    """
    known = _select_known(pairs, projects)
    shown = known[known["common_developers"] >= at_least]
    return _build_network(shown, known, projects, at_least, "")


def select_neighbourhood(
    pairs: pd.DataFrame, projects: pd.DataFrame, center: str, most: int = 20
) -> Network:
    """Return the project with its strongest neighbours: the pairs that it is in, no others.

    Input as for ``select_network``. At most ``most`` neighbours are shown, those with the most
    common developers (equal ones by id); ``edges_total`` counts all that the center has.
    """
    known = _select_known(pairs, projects)
    own = known[(known["project_a"] == center) | (known["project_b"] == center)]
    ordered = own.sort_values(
        ["common_developers", "project_a", "project_b"],
        ascending=[False, True, True],
        kind="stable",
    )
    shown = ordered.head(most)
    at_least = int(shown["common_developers"].min()) if len(shown) else 0
    return _build_network(shown, own, projects, at_least, center)


def choose_threshold(pairs: pd.DataFrame, projects: pd.DataFrame, most_edges: int = 260) -> int:
    """Return the smallest round number (a multiple of 10) that leaves at most so many edges."""
    known = _select_known(pairs, projects)["common_developers"]
    at_least = 10
    while int((known >= at_least).sum()) > most_edges:
        at_least += 10
    return at_least


def _select_known(pairs: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    ids = projects["project"]
    is_known = pairs["project_a"].isin(ids) & pairs["project_b"].isin(ids)
    return pairs[is_known & pairs["common_developers"].notna()]


def _build_network(
    shown: pd.DataFrame, known: pd.DataFrame, projects: pd.DataFrame, at_least: int, center: str
) -> Network:
    edges = shown.sort_values(["project_a", "project_b"], kind="stable", ignore_index=True)
    ends = pd.concat(
        [
            edges[["project_a", "common_developers"]].rename(columns={"project_a": "project"}),
            edges[["project_b", "common_developers"]].rename(columns={"project_b": "project"}),
        ]
    )
    strength = ends.groupby("project")["common_developers"].agg(["count", "sum"])
    nodes = projects[projects["project"].isin(strength.index)].sort_values("project")
    nodes = nodes[["project", "name", "layer", "group", "domain"]].assign(
        openrank=nodes["openrank_mean"].astype(float),
        degree=nodes["project"].map(strength["count"]).astype(int),
        strength=nodes["project"].map(strength["sum"]).astype(int),
    )
    columns = ["project_a", "project_b", "common_developers"]
    return Network(
        nodes=nodes.reset_index(drop=True),
        edges=edges[columns].astype({"common_developers": "int64"}),
        at_least=at_least,
        edges_total=len(known),
        nodes_total=len(set(known["project_a"]) | set(known["project_b"])),
        vintages=tuple(sorted(edges["vintage"].unique())),
        center=center,
    )
