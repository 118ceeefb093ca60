"""民主评议: assemblies and their votes, typed or taken in from a workbook."""
