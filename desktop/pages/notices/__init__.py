"""公示: notices, their postings, their period, objections."""
