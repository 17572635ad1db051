"""oss-landscape: a git-versioned landscape of open-source projects that keeps itself true.

The rooms, each importing only from those before it: ``base``, ``dataset``, ``metrics``,
``sources``, ``analysis``, ``charts``, ``report``, ``publish``, ``cli``.
"""

__version__ = "0.1.0"
