"""Everything that is read: the ledger, the registers, panels and firms' returns, checked where they enter."""
