from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landscape.charts.map_layout import Box, Floorplan, Insets, Item, Placement, Rectangle

WIDTH = 900.0
TOLERANCE = 0.01


def contains(outer: Rectangle, inner: Rectangle) -> bool:
    return (
        inner.x >= outer.x - TOLERANCE
        and inner.y >= outer.y - TOLERANCE
        and inner.x + inner.width <= outer.x + outer.width + TOLERANCE
        and inner.y + inner.height <= outer.y + outer.height + TOLERANCE
    )


def overlap(first: Rectangle, second: Rectangle) -> bool:
    return (
        first.x + TOLERANCE < second.x + second.width
        and second.x + TOLERANCE < first.x + first.width
        and first.y + TOLERANCE < second.y + second.height
        and second.y + TOLERANCE < first.y + first.height
    )


@st.composite
def boxes(draw: st.DrawFn, depth: int = 2, key: str = "0") -> Box:
    insets = Insets(5, 20, 5, 5)
    if depth and draw(st.booleans()):
        count = draw(st.integers(1, 5))
        children = tuple(draw(boxes(depth - 1, f"{key}.{index}")) for index in range(count))
        return Box(key, insets, children=children, gap=draw(st.sampled_from([0.0, 6.0, 11.0])))
    sizes = draw(st.lists(st.tuples(st.integers(10, 180), st.integers(8, 60)), max_size=40))
    items = tuple(Item(w, h, f"{key}/{index}") for index, (w, h) in enumerate(sizes))
    return Box(key, insets, minimum_width=draw(st.integers(0, 150)), items=items)


def list_items(box: Box) -> list[Item]:
    return [*box.items, *(item for child in box.children for item in list_items(child))]


def place(root: Box) -> tuple[Placement, Rectangle]:
    plan = Floorplan(root, WIDTH)
    area = Rectangle(3, 7, WIDTH, plan.height)
    return plan.place(area), area


def test_a_box_that_is_a_little_wider_than_measured_keeps_its_low_rows() -> None:
    """Three in a row would put the two tall items in two rows."""
    insets = Insets(5, 20, 5, 5)
    low = tuple(Item(10, height, f"0.0.1/{n}") for n, height in enumerate((8, 8, 24, 33)))
    first = Box("0.0.0", insets, items=(Item(10, 45, "0.0.0/0"),))
    inner = Box("0.0", insets, children=(first, Box("0.0.1", insets, items=low)))
    placement, _ = place(Box("0", insets, children=(inner,)))
    assert all(contains(placement.boxes["0.0.1"], placement.items[item.key]) for item in low)


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_every_item_is_placed_once_inside_its_box_and_none_overlap(root: Box) -> None:
    placement, area = place(root)
    assert sorted(placement.items) == sorted(item.key for item in list_items(root))
    placed = list(placement.items.items())
    for key, rectangle in placed:
        assert contains(area, rectangle)
        assert contains(placement.boxes[key.rsplit("/", 1)[0]], rectangle)
    for index, (_, first) in enumerate(placed):
        assert not any(overlap(first, second) for _, second in placed[index + 1 :])


@settings(max_examples=60, deadline=None)
@given(boxes())
def test_boxes_lie_inside_their_parents_and_siblings_do_not_overlap(root: Box) -> None:
    placement, area = place(root)

    def look(box: Box) -> None:
        inside = placement.boxes[box.key]
        assert inside.width >= box.minimum_width - TOLERANCE
        for index, child in enumerate(box.children):
            assert contains(inside, placement.boxes[child.key])
            for sibling in box.children[index + 1 :]:
                assert not overlap(placement.boxes[child.key], placement.boxes[sibling.key])
            look(child)

    assert placement.boxes[root.key] == area
    look(root)


def test_two_small_boxes_are_stacked_beside_a_tall_one() -> None:
    def leaf(key: str, rows: int) -> Box:
        return Box(key, Insets(), items=tuple(Item(446, 20, f"{key}/{n}") for n in range(rows)))

    placement, _ = place(Box("0", Insets(), children=(leaf("a", 2), leaf("b", 2), leaf("c", 4))))
    a, b, c = (placement.boxes[key] for key in "abc")
    assert a.x == b.x
    assert a.y + a.height <= b.y
    assert c.x >= a.x + a.width
    assert c.y == a.y


def test_a_box_that_cannot_be_as_narrow_as_the_sheet_has_no_finite_height() -> None:
    wide = Box("0", Insets(), items=(Item(WIDTH + 1, 10, "0/0"),))
    assert Floorplan(wide, WIDTH).height == float("inf")


@pytest.mark.parametrize("count", [1, 40])
def test_a_box_alone_takes_the_whole_width(count: int) -> None:
    items = tuple(Item(100, 20, f"0/{index}") for index in range(count))
    placement, area = place(Box("0", Insets(), items=items))
    assert placement.boxes["0"] == area
