"""One file a page, thin."""
