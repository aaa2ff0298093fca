"""Sources meet methods: paths, news and attainment of any series of any ledger."""
