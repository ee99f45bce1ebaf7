"""The two networks a site must reach: electricity and fibre."""
