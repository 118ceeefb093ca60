"""The month's ledgers: counted, written, frozen, compared."""
