"""回头看: going over the register again, household by household."""
