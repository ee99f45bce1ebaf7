"""Doubt: how sure the ranking is, which numbers decide it and which to buy next."""
