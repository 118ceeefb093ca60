"""要个数: how many households and people meet some conditions, and who they are."""
