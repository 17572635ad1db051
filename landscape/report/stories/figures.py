"""The kinds of figures that a story may declare, each as pictures or tables.

What is drawn and how is the charts room's; which keys a kind has is the dataset's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from landscape.analysis.collaboration import (
    Network,
    choose_threshold,
    select_neighbourhood,
    select_network,
)
from landscape.analysis.domain_growth import compute_domain_growth
from landscape.analysis.head_to_head import compute_head_to_head
from landscape.charts.domain_growth import draw_domain_growth
from landscape.charts.duel import draw_duel
from landscape.charts.neighbourhood import draw_neighbourhood
from landscape.charts.network import draw_network
from landscape.charts.palette import THEMES
from landscape.charts.race import line_up
from landscape.charts.technology import choose_basis, draw_technology
from landscape.dataset.story_model import Figure
from landscape.report.numbers import format_count, format_openrank, format_percent_change
from landscape.report.stories.coloring import assign_places
from landscape.report.stories.comparisons import view_comparison, view_quadrant
from landscape.report.stories.desk import Desk, Drawing, View
from landscape.report.stories.races import run_race, view_race
from landscape.report.stories.tables import view_graveyard, view_ranking
from landscape.report.stories.timelines import view_timeline
from landscape.report.stories.trends import view_trend

NAMED = 5
_COLORED = ("trend", "head-to-head")


def view_figure(figure: Figure, desk: Desk, headline: str = "") -> View:
    """Return what a page shows for the figure; ``headline`` is its declared title, filled in."""
    if figure.kind == "trend":
        return view_trend(figure, desk, headline)
    return _VIEWS[figure.kind](figure, desk)


def choose_places(figures: Iterable[Figure], desk: Desk) -> Mapping[str, int]:
    """Return the palette's place of every project in a story's figures."""
    declared = list(figures)
    races = [run_race(figure.options, desk) for figure in declared if figure.kind == "race"]
    racers = [[racer.project for racer in line_up(race, {}, THEMES[0])] for race in races]
    shown = [figure.options["projects"] for figure in declared if figure.kind in _COLORED]
    return assign_places(shown, racers, len(THEMES[0].series))


def _view_duel(figure: Figure, desk: Desk) -> View:
    first, second = figure.options["projects"]
    duel = compute_head_to_head(
        desk.landscape,
        first,
        second,
        communities=desk.communities,
        span=desk.material.find_span("community"),
    )
    if since := figure.options.get("since", ""):
        kept = duel.series[duel.series["month"] >= since].reset_index(drop=True)
        duel = replace(duel, series=kept)
    told = duel.numbers.set_index("metric")
    values: list[tuple[str, object]] = []
    if "openrank_mean" in told.index:
        for side, name in zip(("a", "b"), duel.names, strict=True):
            mean = float(told[side].astype(float)["openrank_mean"])
            values.append((name, format_openrank(None if mean != mean else mean)))
    alternative = desk.messages(
        "alt.duel", months=_span(list(duel.quarter)), values=desk.join_values(values)
    )
    return View(
        (
            Drawing(
                partial(draw_duel, duel, messages=desk.chart_messages, places=desk.places),
                alternative,
            ),
        ),
        missing=desk.messages("missing.duel", first=duel.names[0], second=duel.names[1]),
    )


def _view_network(figure: Figure, desk: Desk) -> View:
    pairs, projects = desk.material.collaboration, desk.landscape.projects
    center, at_least = figure.options.get("project", ""), figure.options.get("at_least", 0)
    families = _name_families(desk)
    if center:
        if at_least:
            pairs = pairs[pairs["common_developers"].fillna(0) >= at_least]
        network = select_neighbourhood(pairs, projects, center)
        draw: Callable[..., str | None] = draw_neighbourhood
    else:
        network = select_network(pairs, projects, at_least or choose_threshold(pairs, projects))
        draw = draw_network
    network = replace(network, span=desk.material.find_span("collaboration"))
    alternative = desk.messages(
        "alt.network",
        nodes=len(network.nodes),
        edges=len(network.edges),
        at_least=network.at_least,
        values=desk.join_values(_list_strongest(network, desk)),
    )
    bound = partial(draw, network, families, messages=desk.chart_messages)
    return View((Drawing(bound, alternative),), missing=desk.messages("missing.network"))


def _list_strongest(network: Network, desk: Desk) -> list[tuple[str, object]]:
    edges = network.edges.sort_values(
        ["common_developers", "project_a", "project_b"], ascending=[False, True, True]
    ).head(NAMED)
    columns = (edges["project_a"], edges["project_b"], edges["common_developers"])
    return [
        (f"{desk.names[a]}–{desk.names[b]}", int(count))
        for a, b, count in zip(*columns, strict=True)
    ]


def _name_families(desk: Desk) -> dict[str, str]:
    """Return domain to the name of its group, or of its layer where it has none."""
    say = desk.scribe.wording
    taxonomy = desk.dataset.taxonomy
    names = {layer.id: say.pick(layer.name) for layer in taxonomy.layers}
    groups = {
        (layer.id, group.id): say.pick(group.name)
        for layer in taxonomy.layers
        for group in layer.groups
    }
    return {
        domain.id: groups.get((domain.layer, domain.group), names.get(domain.layer, ""))
        for domain in taxonomy.domains
    }


def _view_technology(_figure: Figure, desk: Desk) -> View:
    table = desk.material.technology
    basis = table[(table["vintage"] == choose_basis(table)) & table["openrank"].notna()]
    newest = basis[basis["year"] == basis["year"].max()] if len(basis) else basis
    say = desk.chart_messages
    values: list[tuple[str, object]] = [
        (
            say.catalogue.get(f"technology.domain.{domain}", str(domain)),
            format_count(round(float(value))),
        )
        for domain, value in zip(newest["domain"], newest["openrank"], strict=True)
    ]
    alternative = desk.messages(
        "alt.technology", years=_span(basis["year"].tolist()), values=desk.join_values(values)
    )
    draw = partial(draw_technology, table, messages=desk.chart_messages)
    return View((Drawing(draw, alternative),), missing=desk.messages("missing.technology"))


def _view_domain_growth(_figure: Figure, desk: Desk) -> View:
    growth = compute_domain_growth(desk.landscape.projects)
    names = {
        domain.id: desk.scribe.wording.pick(domain.name) for domain in desk.dataset.taxonomy.domains
    }
    told = growth[growth["growth"].notna()]
    values: list[tuple[str, object]] = [
        (names[domain], format_percent_change(float(value)))
        for domain, value in zip(told["domain"], told["growth"], strict=True)
    ]
    draw = partial(draw_domain_growth, growth, desk.landscape, names, messages=desk.chart_messages)
    alternative = desk.messages("alt.growth", values=desk.join_values(values))
    return View((Drawing(draw, alternative),), missing=desk.messages("missing.growth"))


def _span(periods: list[str]) -> str:
    return f"{min(periods)} – {max(periods)}" if periods else "–"


_VIEWS: Mapping[str, Callable[[Figure, Desk], View]] = {
    "race": view_race,
    "head-to-head": _view_duel,
    "ranking": view_ranking,
    "network": _view_network,
    "comparison": view_comparison,
    "quadrant": view_quadrant,
    "timeline": view_timeline,
    "graveyard": view_graveyard,
    "technology": _view_technology,
    "domain-growth": _view_domain_growth,
}
