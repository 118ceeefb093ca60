"""Photos and scans: taken in, hung on households and papers, still missing."""
