"""Real HTTP servers on loopback that stand in for OpenDigger and GitHub, and fail when told to."""
