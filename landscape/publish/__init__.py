"""What leaves the house: commits, pull requests, check runs, comments, issues."""
