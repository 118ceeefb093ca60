"""Domain-free widgets."""
