"""Figures are written with their unit, no more digits than they deserve, as text."""

import math

import pytest

from app.figures import (
    COLOURS,
    STYLES,
    apart,
    figure,
    heading,
    label,
    number,
    place,
    plain,
)
from data.schema import glossary


def test_every_metric_shown_is_in_the_glossary() -> None:
    assert {*STYLES, *COLOURS} <= glossary().keys()


def test_units_come_from_the_glossary() -> None:
    assert heading("lcoc_usd_per_kw_month") == "LCOC, USD/kW-month"
    assert heading("pue_annual") == "PUE"
    assert figure("price_usd_per_mwh", 54.74) == "55 USD/MWh"
    assert label("carbon_t_per_year") == "carbon_t_per_year"


def test_absent_is_a_dash_and_never_zero() -> None:
    assert number("it_mw", math.nan) == "–"
    assert figure("it_mw", math.nan) == "–"
    assert figure("it_mw", 0.0) == "0 MW"


def test_ends_that_read_alike_get_the_digits_to_differ() -> None:
    assert apart("score", 72.0, 81.0) == ("72", "81")
    assert apart("score", 72.62, 72.71) == ("72.6", "72.7")
    assert apart("score", 72.0, 72.0)[0] == apart("score", 72.0, 72.0)[1]


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("<script>x</script>", r"\<script\>x\</script\>"),
        ("[a](b) ![c](d)", r"\[a\]\(b\) \!\[c\]\(d\)"),
        ("$x$ :red[y]", r"\$x\$ \:red\[y\]"),
        ("# one\n- two", r"\# one \- two"),
        ("Şəki, Gəncə & Ağdam", "Şəki, Gəncə & Ağdam"),
    ],
)
def test_markdown_in_a_name_is_shown_as_text(hostile: str, safe: str) -> None:
    assert plain(hostile) == safe


def test_a_place_in_words() -> None:
    assert place({"excluded_because": "", "rank": 3.0}) == "No. 3"
    assert place({"excluded_because": "", "rank": math.nan}) == "not ranked"
    assert place({"excluded_because": "mines", "rank": math.nan}) == "excluded"
