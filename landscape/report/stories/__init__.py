"""Stories, comparisons and dated events as pages: live values, claims, figures."""
