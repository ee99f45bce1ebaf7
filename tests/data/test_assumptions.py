"""Figures that a slice of the book derives from its own rows."""

from dataclasses import replace

import pytest

from data import load_world


def test_the_return_asked_for_counts_the_country_risk_once() -> None:
    world = load_world()
    book = world.book.resolve({}).finance
    assert book.discount_pct == book.wacc_pct
    riskier = replace(book, country_risk_pct=book.country_risk_pct + 1.5)
    assert riskier.discount_pct == pytest.approx(book.wacc_pct + 1.5)
    asked = world.book.resolve({"finance.wacc_pct": 12.0}).finance
    assert asked.discount_pct == 12.0
