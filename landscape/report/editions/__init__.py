"""Editions in words: what changed between two, who survived, and the counts by month."""
