"""Where measured values come from: one module a provider. Sources return records, store nothing."""
