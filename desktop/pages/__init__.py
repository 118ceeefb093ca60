"""One folder a job of the clerk."""
