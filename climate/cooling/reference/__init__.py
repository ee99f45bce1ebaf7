"""The published model of Lei and Masanet, rebuilt for validation."""

from climate.cooling.reference.case import reference_case

__all__ = ["reference_case"]
