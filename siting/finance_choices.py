"""What the choices of the money may not say together."""

from siting.reading import Reader
from siting.scenario import NO_ALL_IN, FinanceChoices


def check_finance(finance: FinanceChoices | None, reader: Reader) -> None:
    """Report a contract that a role does not have, and a price that it does not ask.

    Parameters
    ----------
    finance : FinanceChoices or None
        None where they could not be read.
    reader : Reader
        Takes the faults.
    """
    if finance is None:
        return
    if finance.contract == "all_in" and finance.role in NO_ALL_IN:
        expected = f"pass_through: {NO_ALL_IN[finance.role]}"
        reader.fault("finance.contract", finance.contract, expected)
    own, other = "rent_usd_per_kw_month", "gpu_usd_per_hour"
    if finance.role == "gpu_cloud":
        own, other = other, own
    stated = getattr(finance, other)
    if stated is not None:
        expected = f"nothing: the role {finance.role} is paid finance.{own}"
        reader.fault(f"finance.{other}", f"{stated:g}", expected)
