"""Lets ``python -m landscape`` stand for ``landscape``."""

from landscape.cli.main import main

if __name__ == "__main__":
    main()
