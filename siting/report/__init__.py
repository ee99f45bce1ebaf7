"""The report: one HTML file with everything in it, for reading and for print."""
