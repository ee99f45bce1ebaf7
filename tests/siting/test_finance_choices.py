"""Choices of the money that contradict each other are named before anything runs."""

import pytest

from data.faults import InputError
from siting.loading import load_scenario


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        (["role=shell", "contract=all_in"], "a shell's tenant buys its own power"),
        (["role=gpu_cloud", "contract=all_in"], "a GPU-hour includes its power"),
        (["role=gpu_cloud", "rent_usd_per_kw_month=200"], "finance.gpu_usd_per_hour"),
        (["gpu_usd_per_hour=3"], "colocation is paid finance.rent_usd_per_kw_month"),
        (["role=gpu_clout"], "gpu_cloud"),
        (["role=gpu_cloud", "gpu_usd_per_hour=-1"], "0"),
        (["debt=perhaps"], "debt"),
    ],
)
def test_what_contradicts_is_named(sets, said):
    with pytest.raises(InputError, match=r"finance\.") as refused:
        load_scenario("base", [f"finance.{one}" for one in sets])
    assert said in str(refused.value)


def test_every_role_can_be_asked_for():
    for role in ("colocation", "shell", "gpu_cloud"):
        got = load_scenario("base", [f"finance.role={role}", "finance.debt=false"])
        assert (got.finance.role, got.finance.debt) == (role, False)
    cloud = load_scenario(
        "base", ["finance.role=gpu_cloud", "finance.gpu_usd_per_hour=3.2"]
    )
    assert cloud.finance.gpu_usd_per_hour == 3.2
