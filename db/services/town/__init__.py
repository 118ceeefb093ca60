"""The town's own record: its villages and groups by any name they had, its days off, drafts, and the search."""
