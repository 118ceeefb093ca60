"""From a paper to printer, PDF and preview."""
