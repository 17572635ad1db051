"""What people contribute: projects, taxonomy, settings. Loading, checking, formatting."""
