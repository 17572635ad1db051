"""From the taxonomy to boxes: layers hold groups and domains, domains hold lanes of marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from landscape.base.languages import pick_text
from landscape.charts.map_layout import Box, Insets
from landscape.charts.map_marks import Mark
from landscape.charts.text import measure_text
from landscape.dataset.model import Domain, Layer, Taxonomy

HEADING_PX = 13.0
LANE_PX = 10.5
DOMAIN_INSETS = Insets(9, 25, 9, 8)
GROUP_INSETS = Insets(8, 26, 8, 8)
LANE_INSETS = Insets(0, 19, 0, 3)
LANE_GAP = 12.0
BOX_GAP = 8.0


@dataclass(frozen=True)
class Label:
    """What stands on a box: its text, and how many projects it holds."""

    kind: Literal["layer", "group", "domain", "lane"]
    text: str
    count: int = 0


@dataclass
class MapBoxes:
    """The boxes of each layer that has projects, and the labels by box key."""

    layers: list[Box] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)


def build_map_boxes(
    taxonomy: Taxonomy, projects: pd.DataFrame, marks: Sequence[Mark], language: str
) -> MapBoxes:
    """Arrange the marks by the taxonomy; domains and lanes without a project get no box.

    projects: project, domain, subdomain of those on the map. Marks keep their order.
    """
    lanes: dict[tuple[str, str], list[Mark]] = {}
    homes = {
        row["project"]: (row["domain"], row["subdomain"]) for row in projects.to_dict("records")
    }
    for mark in marks:
        lanes.setdefault(homes[mark.project], []).append(mark)
    result = MapBoxes()
    for layer in taxonomy.layers:
        _add_layer(result, layer, taxonomy.domains, lanes, language)
    return result


def _add_layer(
    result: MapBoxes,
    layer: Layer,
    domains: Sequence[Domain],
    lanes: dict[tuple[str, str], list[Mark]],
    language: str,
) -> None:
    children: list[Box] = []
    members = [domain for domain in domains if domain.layer == layer.id]
    for group_id in dict.fromkeys(domain.group for domain in members):
        boxes = [
            box
            for domain in members
            if domain.group == group_id
            and (box := _build_domain(result, domain, lanes, language)) is not None
        ]
        if not boxes:
            continue
        if not group_id:
            children += boxes
            continue
        group = next(group for group in layer.groups if group.id == group_id)
        label = Label("group", pick_text(group.name, language))
        key = f"group:{layer.id}:{group.id}"
        result.labels[key] = label
        minimum = measure_text(label.text, HEADING_PX, bold=True) + 24
        children.append(Box(key, GROUP_INSETS, minimum, children=tuple(boxes), gap=BOX_GAP))
    if children:
        key = f"layer:{layer.id}"
        result.labels[key] = Label("layer", pick_text(layer.name, language))
        result.layers.append(Box(key, Insets(), children=tuple(children), gap=BOX_GAP))


def _build_domain(
    result: MapBoxes, domain: Domain, lanes: dict[tuple[str, str], list[Mark]], language: str
) -> Box | None:
    key = f"domain:{domain.id}"
    names = {sub.id: pick_text(sub.name, language) for sub in domain.subdomains}
    # Projects without a lane of their own come last, in a lane without a label.
    present = [sub for sub in [*names, ""] if lanes.get((domain.id, sub))]
    if not present:
        return None
    count = sum(len(lanes[domain.id, sub]) for sub in present)
    label = Label("domain", pick_text(domain.name, language), count)
    result.labels[key] = label
    minimum = measure_text(label.text, HEADING_PX, bold=True) + measure_text(str(count), 11) + 32
    if present == [""]:
        items = tuple(mark.to_item() for mark in lanes[domain.id, ""])
        return Box(key, DOMAIN_INSETS, minimum, items=items)
    children = []
    for sub in present:
        items = tuple(mark.to_item() for mark in lanes[domain.id, sub])
        lane_key = f"lane:{domain.id}:{sub}"
        insets, narrowest = Insets(), 0.0
        if sub:
            result.labels[lane_key] = Label("lane", names[sub], len(items))
            insets, narrowest = LANE_INSETS, measure_text(names[sub], LANE_PX) + 16
        children.append(Box(lane_key, insets, narrowest, items=items))
    return Box(key, DOMAIN_INSETS, minimum, children=tuple(children), gap=LANE_GAP)
