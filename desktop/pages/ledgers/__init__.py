"""月度台账: the month as it goes to the county."""
