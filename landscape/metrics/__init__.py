"""The measured values: one small CSV file a month and source, and what is known of repositories."""
