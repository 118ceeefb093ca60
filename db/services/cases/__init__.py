"""A case and its events, the papers that cover many, and the steps of the village: application, visit, assembly."""
