"""SQL beside its method: one repository per feature."""
