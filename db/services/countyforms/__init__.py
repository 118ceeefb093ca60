"""报表填报: the county's blank forms, matched and filled."""
