"""复录核对: sheets drawn and keyed again by a second person."""
