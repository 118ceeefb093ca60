"""照片与材料: sorting photos and scans to households and papers, and the meter of what is missing."""
