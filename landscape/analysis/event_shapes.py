"""Tables of GitHub events as engines hold them, brought to one shape. Questions are elsewhere.

Three shapes are known: flat columns (OpenDigger's ``opensource.events``, and files that
``landscape.sources.archive_digest`` writes), and GH Archive's own with ``actor`` and ``repo`` as
structures. Whatever can be read by Ibis in one of them can be asked.
"""

from __future__ import annotations

import ibis

from landscape.base.errors import LandscapeError

FLAT = ("type", "actor_id", "actor_login", "repo_id", "repo_name", "created_at")
NESTED = {"actor": ("id", "login"), "repo": ("id", "name")}
PLATFORM = "GitHub"


def recognise_events(table: ibis.Table, name: str) -> ibis.Table:
    """Return the table's events in one shape, whatever the engine.

    Out: type (str), repo_id (int64, GitHub's, survives renames), repo_name (str, owner/name at the
    time of the event), developer (int64, GitHub's id of the account), login (str, lower case),
    at (int64, seconds since 1970 UTC). No key: archives repeat events. Rows that lack one of
    them are left out, and so are those of other platforms than GitHub. Raises LandscapeError
    where the columns are of no known shape; ``name`` names the table there.
    """
    columns = set(table.columns)
    if set(FLAT) <= columns:
        events = table
    elif {"type", "created_at"} <= columns and _is_nested(table):
        events = table.mutate(
            actor_id=table.actor["id"],
            actor_login=table.actor["login"],
            repo_id=table.repo["id"],
            repo_name=table.repo["name"],
        )
    else:
        raise _refuse(table, name)
    if "platform" in columns:
        events = events.filter(events.platform.cast("string") == PLATFORM)
    return _cast(events).filter(
        lambda each: each.repo_id.notnull() & each.developer.notnull() & each.at.notnull(),
        lambda each: each.repo_name.notnull() & each.type.notnull(),
    )


def _cast(events: ibis.Table) -> ibis.Table:
    at = events.created_at
    if not at.type().is_integer():
        # Seconds, not calendar text: a server's own time zone must not move an event.
        at = (at if at.type().is_timestamp() else at.cast("timestamp")).epoch_seconds()
    return events.select(
        type=events.type.cast("string"),
        repo_id=events.repo_id.cast("int64"),
        repo_name=events.repo_name.cast("string"),
        developer=events.actor_id.cast("int64"),
        login=ibis.coalesce(events.actor_login.cast("string").lower(), ibis.literal("")),
        at=at.cast("int64"),
    )


def _is_nested(table: ibis.Table) -> bool:
    for column, parts in NESTED.items():
        if column not in table.columns:
            return False
        kind = table[column].type()
        if not kind.is_struct() or not set(parts) <= set(kind.names):
            return False
    return True


def _refuse(table: ibis.Table, name: str) -> LandscapeError:
    missing = [column for column in FLAT if column not in table.columns]
    shown = ", ".join(list(table.columns)[:20])
    return LandscapeError(
        f"{name} has no events in a known shape: it lacks {', '.join(missing)}",
        f"Its columns are {shown}. Wanted are {', '.join(FLAT)}; or type, created_at, "
        "actor (id, login) and repo (id, name) as GH Archive has them.",
    )
