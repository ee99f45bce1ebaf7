"""The rent a site requires, in the sheets: by false position between its bounds."""

from siting.finance.costs import HOURS_PER_MONTH
from siting.pack.language import Item
from siting.pack.rows import rise_of, scalar, yearly
from siting.pack.taxes import losses

TRIALS = 5
"""Steps of false position towards the required rent, beyond its two bounds."""


def _trial(number: int) -> tuple[Item, ...]:
    """Return the tax at one trial rent and what the project is then worth."""
    prefix = f"t{number}_"
    return (
        yearly(
            f"{prefix}base",
            f"taxed income at rent {number}",
            f"(rent_{number}*rent_kw_months - allowed_usd)*taxed_share",
        ),
        *losses(f"{prefix}base", prefix),
        scalar(
            f"value_{number}",
            f"net present value at rent {number}",
            "USD",
            f"rent_{number}*paid_pv - outlays_pv"
            f" - dot({prefix}profit_tax_usd, discount)",
        ),
    )


def _step(number: int) -> tuple[Item, ...]:
    """Return the next trial rent by false position: the Illinois rule.

    Left and right bracket the root. The newest trial is the right; where it does
    not cross, the left keeps its place and half its value.
    """
    last, left = number - 1, f"left_{number - 1}"
    if number == 2:
        left, at_left = "rent_0", "value_0"
    else:
        at_left = f"at_left_{last}"
    run = f"(value_{last} - {at_left})"
    rent = f"{left} - {at_left}*(rent_{last} - {left})/{run}"
    crossed = (
        f"AND(ABS(value_{number}) > close_enough, value_{number}*value_{last} < 0)"
    )
    return (
        scalar(
            f"rent_{number}",
            f"rent {number}",
            "USD/kW-month",
            f"IF(ABS(value_{last}) <= close_enough, rent_{last},"
            f" IF({run} == 0, rent_{last}, {rent}))",
        ),
        *_trial(number),
        scalar(
            f"left_{number}",
            "the other end of the bracket",
            "USD/kW-month",
            f"IF({crossed}, rent_{last}, {left})",
        ),
        scalar(
            f"at_left_{number}",
            "its worth",
            "USD",
            f"IF({crossed}, value_{last}, {at_left}/2)",
        ),
    )


REQUIRED = (
    yearly("power_waits_usd", "rise of power unpaid", rise_of("passed_usd")),
    yearly(
        "rent_waits",
        "rise of kW-months unpaid",
        rise_of("rent_kw_months"),
        "kW-month",
    ),
    scalar(
        "outlays_pv",
        "outlays before profit tax, discounted",
        "USD",
        "dot(opex_usd, discount) - dot(passed_usd, discount)"
        " + dot(property_tax_usd, discount) + dot(bought_usd, discount)"
        " + dot(power_waits_usd, discount) - dot(sold_usd, discount)",
    ),
    scalar(
        "billed_pv",
        "kW-months at the rent's index, discounted",
        "kW-month",
        "dot(rent_kw_months, discount)",
    ),
    scalar(
        "paid_pv",
        "the same when they are paid",
        "kW-month",
        "billed_pv - dot(rent_waits, discount)",
    ),
    scalar(
        "reach", "most of income that tax takes", "1",
        "profit_tax_pct*greatest(taxed_share)/100",
    ),
    scalar(
        "close_enough", "worth that counts as nil", "USD", "0.0000000001*ABS(outlays_pv)"
    ),
    scalar(
        "rent_0",
        "rent 0: before profit tax, the least it can be",
        "USD/kW-month",
        "outlays_pv/paid_pv",
    ),
    *_trial(0),
    scalar(
        "rent_1",
        "rent 1: profit tax on all of it and on gains, the most it can be",
        "USD/kW-month",
        "(outlays_pv + reach*dot(gain_usd, discount))/(paid_pv - reach*billed_pv)",
    ),
    *_trial(1),
    *(item for number in range(2, 2 + TRIALS) for item in _step(number)),
    scalar(
        "required_rent_usd_per_kw_month",
        "required rent: net present value nil",
        "USD/kW-month",
        f"IF(ABS(value_0) <= close_enough, rent_0, rent_{1 + TRIALS})",
    ),
    scalar(
        "required_value",
        "net present value at it",
        "USD",
        f"IF(ABS(value_0) <= close_enough, value_0, value_{1 + TRIALS})",
    ),
    scalar(
        "gpu_hours",
        "GPU-hours of a kilowatt-month",
        "GPU-h",
        f"{HOURS_PER_MONTH:g}*gpu_goodput_pct/100/kw_per_gpu",
    ),
    scalar(
        "cost_usd_per_gpu_hour",
        "levelised cost of a GPU-hour",
        "USD/GPU-h",
        "IF(cloud, lcoc_usd_per_kw_month/gpu_hours, NONE)",
    ),
    scalar(
        "required_usd_per_gpu_hour",
        "price of a GPU-hour at which net present value is nil",
        "USD/GPU-h",
        "IF(cloud, required_rent_usd_per_kw_month/gpu_hours, NONE)",
    ),
)  # fmt: skip
