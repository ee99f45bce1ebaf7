"""A system has one word and one colour, whichever chart it stands on."""

from app.palette import DARK, LIGHT, SYSTEM_WORDS, short, system_colour
from climate.cooling import SYSTEMS


def test_every_system_has_a_short_word_of_its_own() -> None:
    assert set(SYSTEM_WORDS) == set(SYSTEMS)
    assert len({short(system) for system in SYSTEMS}) == len(SYSTEMS)


def test_colours_tell_systems_apart_on_both_papers() -> None:
    for ink in (LIGHT, DARK):
        assert len({system_colour(system, ink) for system in SYSTEMS}) == len(SYSTEMS)
        assert system_colour("liquid_dry", ink) == ink.accent
        assert system_colour("not yet there", ink) == ink.muted
