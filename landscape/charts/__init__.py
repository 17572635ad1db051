"""Pictures from finished tables: one module a kind of picture, one style for all."""
