"""The command ``landscape``: which subcommands there are, and the one boundary for errors.

Subcommands are imported when they are called, so that ``--help`` answers at once. Each is a
click command that may return its exit code; the root is in ``context.obj`` (see ``options``).
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from landscape import __version__
from landscape.base.errors import InvalidDatasetError, LandscapeError
from landscape.cli.options import RootOption

EXIT_USAGE = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141
MAX_SHOWN_FINDINGS = 20


class Subcommand(NamedTuple):
    """Where a subcommand is found, ``module:function``, and its line in the help."""

    target: str
    help: str


SUBCOMMANDS = {
    "validate": Subcommand("landscape.cli.validate:validate", "Check every contributed file."),
    "fmt": Subcommand("landscape.cli.fmt:fmt", "Put contributed files into their canonical form."),
    "refresh": Subcommand("landscape.cli.refresh:refresh", "Fetch, store, decide, draw, write."),
    "build": Subcommand("landscape.cli.build:build", "Decide, draw and write the report."),
    "edition": Subcommand("landscape.cli.edition:edition", "Freeze, list, show, compare editions."),
    "add": Subcommand("landscape.cli.add:add", "Write a new project's file."),
    "check": Subcommand("landscape.cli.check:check", "Show what a change would do."),
    "discover": Subcommand("landscape.cli.discover:discover", "Find candidates in event archives."),
    "publish": Subcommand("landscape.cli.publish:publish", "Commit what was generated, and push."),
    "init": Subcommand("landscape.cli.init:init", "Write a complete minimal landscape."),
}


class LazyGroup(click.Group):
    """A group whose subcommands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the subcommands, in the order of the registry."""
        return list(SUBCOMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        cmd_name: str,
    ) -> click.Command | None:
        """Import and return a subcommand."""
        subcommand = SUBCOMMANDS.get(cmd_name)
        if subcommand is None:
            return None
        module, function = subcommand.target.split(":")
        command: click.Command = getattr(import_module(module), function)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        formatter: click.HelpFormatter,
    ) -> None:
        """Write the list of subcommands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, each.help) for name, each in SUBCOMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; click would answer both of these ends with exit code 1."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            return EXIT_INTERRUPTED
        except BrokenPipeError:
            _silence_stdout()
            return EXIT_BROKEN_PIPE


@click.command(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Exit codes: 0 fine, 1 findings in contributed data, 2 usage, 3 a bug, "
        "4 a guard refused or a source failed, 130 interrupted."
    ),
)
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The landscape's folder. Default: the nearest one upwards with a landscape.yaml.",
)
@click.version_option(__version__, prog_name="landscape")
@click.pass_context
def landscape(context: click.Context, root: Path | None) -> None:
    """Keep a landscape of open-source projects true."""
    context.obj = RootOption(root)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command line; whatever goes wrong becomes a message and an exit code."""
    _accept_any_text()
    code = _run_guarded(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
        return EXIT_BROKEN_PIPE
    return code


def _run_guarded(arguments: Sequence[str]) -> int:
    try:
        code = landscape.main(list(arguments), prog_name="landscape", standalone_mode=False)
    except click.Abort:
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except LandscapeError as error:
        _show_error(error)
        return error.exit_code
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as error:
        if not _is_outer_cause(error):
            return _show_bug(arguments, error)
        where = f": {error.filename}" if error.filename else ""
        click.echo(f"error: {error.strerror}{where}", err=True)
        return EXIT_USAGE
    except Exception as error:  # noqa: BLE001 - the boundary: anything else is a bug to report
        return _show_bug(arguments, error)
    return code if isinstance(code, int) else 0


# The system refuses for reasons that lie outside of this program.
_OUTER_CAUSES = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.EIO}
)
# A folder stands where a file belongs, a link leads nowhere: whose fault it is says the place.
_WRONG_PLACES = frozenset(
    {
        errno.ENOENT,
        errno.EISDIR,
        errno.ENOTDIR,
        errno.EEXIST,
        errno.ENOTEMPTY,
        errno.ELOOP,
        errno.ENAMETOOLONG,
    }
)


def _is_outer_cause(error: OSError) -> bool:
    if error.errno in _OUTER_CAUSES:
        return True
    if error.errno not in _WRONG_PLACES or not isinstance(error.filename, str):
        return False
    return not Path(error.filename).is_relative_to(Path(__file__).parent.parent)


def _show_error(error: LandscapeError) -> None:
    if isinstance(error, InvalidDatasetError) and error.findings:
        from landscape.dataset.finding_reports import render_lines

        shown = error.findings[:MAX_SHOWN_FINDINGS]
        click.echo(render_lines(shown, color=False), err=True, nl=False)
        if len(error.findings) > len(shown):
            click.echo(f"… and {len(error.findings) - len(shown)} more", err=True)
    click.echo(f"error: {error.message}", err=True)
    if error.hint:
        click.echo(f"hint: {error.hint}", err=True)


def _show_bug(arguments: Sequence[str], error: BaseException) -> int:
    from landscape.cli.bug_report import render_bug_report

    click.echo(render_bug_report(arguments, error), err=True, nl=False)
    return EXIT_BUG


def _accept_any_text() -> None:
    """Let streams of a poor encoding escape what they cannot show, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _silence_stdout() -> None:
    """Send what is left to nowhere: the reader has gone, and the interpreter flushes once more."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
