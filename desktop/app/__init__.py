"""Start-up, wiring, background work."""
