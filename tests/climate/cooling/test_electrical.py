"""Losses before any cooling."""

from dataclasses import replace

import numpy as np
import pytest

from climate.cooling.electrical import hall_heat, losses, transformer_loss


@pytest.mark.parametrize(
    ("loading", "efficiency"), [(0.25, 0.963), (0.5, 0.971), (1.0, 0.969)]
)
def test_ups_efficiency_of_the_loss_polynomial(book, loading, efficiency):
    # Efficiencies stated with the polynomial's mid coefficients (model cooling, §2).
    single = replace(book, ups_installed_ratio=1.0)
    loss = losses(loading, single).ups
    assert loading / (loading + loss) == pytest.approx(efficiency, abs=1e-3)


def test_every_line_per_it_falls_with_load_except_proportional_ones(book):
    light, heavy = losses(0.3, book), losses(1.0, book)
    assert light.ups / 0.3 > heavy.ups
    assert light.lighting / 0.3 > heavy.lighting
    assert light.distribution / 0.3 == pytest.approx(heavy.distribution)


def test_transformer_at_no_load_and_at_rating(book):
    rating = book.transformer_rating_ratio
    idle, full = transformer_loss(np.array([0.0, rating]), book)
    assert idle == pytest.approx(rating * book.transformer_no_load_loss)
    assert full - idle == pytest.approx(rating * book.transformer_full_load_loss)


def test_hall_heat_holds_indoor_losses_only(book):
    part = losses(0.7, book)
    expected = part.ups + part.distribution + part.lighting
    assert hall_heat(0.0, 0.7, book) == pytest.approx(expected)
    assert hall_heat(1.0, 0.7, book) == pytest.approx(0.7 + expected)


def test_more_spare_modules_lose_more(book):
    spare = replace(book, ups_installed_ratio=2.0)
    assert losses(0.5, spare).ups > losses(0.5, book).ups
