"""Grid carbon: three factors that answer three questions, never one for another."""

import xarray as xr

from data.assumptions.power import PowerBook


def carbon_factors(a: PowerBook) -> xr.Dataset:
    """Return the carbon factors of a megawatt-hour from the grid.

    * location: combustion in the national mix, for a Scope 2 location-based report;
    * marginal: stack emissions of the unit that answers one more MWh, for what the
      campus changes;
    * life-cycle: the mix with upstream gas, for comparison with published
      intensities.

    Parameters
    ----------
    a
        The power room's book.

    Returns
    -------
    Dataset
        Scalars `carbon_location_t_per_mwh`, `carbon_marginal_t_per_mwh`,
        `carbon_lifecycle_t_per_mwh` [t/MWh].
    """
    values = {
        "carbon_location_t_per_mwh": a.carbon_location_t_per_mwh,
        "carbon_marginal_t_per_mwh": a.carbon_marginal_t_per_mwh,
        "carbon_lifecycle_t_per_mwh": a.carbon_lifecycle_t_per_mwh,
    }
    return xr.Dataset(
        {name: ((), value, {"units": "t/MWh"}) for name, value in values.items()}
    )
