"""Before the work begins: the first-start guide, the log-in, the recovery code, a backup brought back, the lock."""
