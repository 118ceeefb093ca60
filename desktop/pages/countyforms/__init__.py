"""报表填报: the county's blank forms filled from the register."""
