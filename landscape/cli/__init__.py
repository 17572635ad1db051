"""The command line: options in, results to stdout, progress to stderr, exit codes out.

The only room that reads the environment and the clock; it hands them down.
"""
