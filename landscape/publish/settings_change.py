"""Changes of settings and taxonomy in words, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from landscape.base.languages import pick_text
from landscape.dataset.model import Settings, Taxonomy


def describe_settings_change(old: Settings | None, new: Settings | None) -> tuple[str, ...]:
    """Return every setting that differs: its name, the value before and after."""
    if old is None or new is None:
        return ()
    before, after = (dict(_flatten(asdict(settings), "")) for settings in (old, new))
    return tuple(
        f"{key}: {before.get(key, 'not set')} → {after.get(key, 'not set')}"
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )


def describe_taxonomy_change(old: Taxonomy | None, new: Taxonomy | None) -> tuple[str, ...]:
    """Return what differs between two taxonomies: domains, subdomains, their places, tags."""
    if old is None or new is None or old == new:
        return ()
    lines = list(_compare_domains(old, new))
    for sort, before, after in (
        ("layer", [layer.id for layer in old.layers], [layer.id for layer in new.layers]),
        ("tag", list(old.tags), list(new.tags)),
    ):
        lines += [f"{sort} {name} is new" for name in after if name not in before]
        lines += [f"{sort} {name} is removed" for name in before if name not in after]
    return tuple(lines) or ("names, order or maintainers differ",)


@dataclass(frozen=True)
class _Place:
    name: str
    layer: str
    group: str
    subdomains: tuple[str, ...]


def _compare_domains(old: Taxonomy, new: Taxonomy) -> Iterator[str]:
    before, after = _list_places(old), _list_places(new)
    for name in dict.fromkeys([*before, *after]):
        was, is_now = before.get(name), after.get(name)
        if was is None:
            yield f"domain {name} is new"
        elif is_now is None:
            yield f"domain {name} is removed"
        else:
            yield from _compare_places(name, was, is_now)


def _compare_places(name: str, was: _Place, is_now: _Place) -> Iterator[str]:
    if (was.layer, was.group) != (is_now.layer, is_now.group):
        places = ["/".join(filter(None, (item.layer, item.group))) for item in (was, is_now)]
        yield f"domain {name} moves from {places[0]} to {places[1]}"
    if was.name != is_now.name:
        yield f"domain {name} is named {is_now.name} instead of {was.name}"
    for sub in is_now.subdomains:
        if sub not in was.subdomains:
            yield f"subdomain {name}/{sub} is new"
    for sub in was.subdomains:
        if sub not in is_now.subdomains:
            yield f"subdomain {name}/{sub} is removed"


def _list_places(taxonomy: Taxonomy) -> dict[str, _Place]:
    return {
        domain.id: _Place(
            pick_text(domain.name, "en"),
            domain.layer,
            domain.group,
            tuple(item.id for item in domain.subdomains),
        )
        for domain in taxonomy.domains
    }


def _flatten(values: Mapping[str, object], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if isinstance(value, dict):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
            yield f"{prefix}{key}", shown
