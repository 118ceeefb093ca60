"""Job "care": backups, people, the ways of the town, checks of the data, this computer."""
