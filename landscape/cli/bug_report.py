"""The report of a bug: everything a maintainer needs, nothing that is private."""

from __future__ import annotations

import os
import platform
import re
import shlex
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from landscape import __version__

_SECRETS = re.compile(
    r"gh[a-z]_[A-Za-z0-9]{8,}|github_pat_\w{8,}|(?i:(?<=bearer )|(?<=token ))\S{8,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
# Their values are taken out wherever they stand.
_SECRET_VARIABLES = ("GITHUB_TOKEN", "GH_TOKEN")
_MIN_SECRET_CHARACTERS = 6


def render_bug_report(arguments: Sequence[str], error: BaseException) -> str:
    """Return the report, ready to paste, with secrets and the home folder taken out."""
    trace = "".join(traceback.format_exception(error))
    report = "\n".join(
        [
            "error: this is a bug in landscape, not in your data",
            "hint: please open an issue with everything between the lines",
            "-" * 72,
            f"landscape {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"command: {shlex.join(['landscape', *arguments])}",
            "",
            trace.rstrip(),
            "-" * 72,
            "",
        ]
    )
    return hide_private(report)


def hide_private(text: str) -> str:
    """Return the text without tokens, passwords, or the path of the home folder."""
    for name in _SECRET_VARIABLES:
        value = os.environ.get(name, "")
        if len(value) >= _MIN_SECRET_CHARACTERS:
            text = text.replace(value, "***")
    text = _SECRETS.sub("***", text)
    home = str(Path(os.environ.get("HOME", "")))
    if len(home) > 1:
        text = text.replace(home, "~")
    return text.replace(sys.prefix, "…") if len(sys.prefix) > 1 else text
