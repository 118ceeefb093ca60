"""SQLAlchemy tables, one file a cluster, no logic."""
