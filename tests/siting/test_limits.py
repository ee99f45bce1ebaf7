"""The limits are told in a few whole sentences, none of them hype."""

from siting.limits import LIMITS


def test_each_limit_has_a_head_and_a_sentence() -> None:
    assert len(LIMITS) >= 8
    for head, told in LIMITS.items():
        assert not head.endswith(".")
        assert told.endswith(".")
        assert len(told.split()) >= 5


def test_the_gravest_are_there() -> None:
    told = " ".join((*LIMITS, *LIMITS.values())).lower()
    for word in ("weather", "firm megawatts", "tariff", "fibre", "mines", "study"):
        assert word in told
