"""The least-cost supply of a site, hour by hour: grid, sun, wind, batteries, gas."""
