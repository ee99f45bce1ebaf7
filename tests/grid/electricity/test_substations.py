"""Suitable substations: level, place, date, island."""

import numpy as np
import pandas as pd

from grid.electricity.options import VOLTAGES
from grid.electricity.substations import (
    COMPARED,
    candidates,
    network_region,
    suitable,
)

KV = {kv: i for i, kv in enumerate(VOLTAGES)}


def test_islands(world, sites):
    table = world.tables["substations"]
    bare = sites.drop(columns="network_region", errors="ignore")
    region = pd.Series(network_region(bare, table), sites.index)
    assert set(region[region == "nakhchivan"].index) == {"AZ33", "AZ34", "AZ35"}
    assert (region.drop(["AZ33", "AZ34", "AZ35"]) == "mainland").all()
    assert (network_region(sites, table) == region.to_numpy()).all()


def test_a_site_may_name_its_network(world, sites):
    named = sites.loc[["AZ33", "AZ01"]].assign(network_region=["mainland", ""])
    found = network_region(named, world.tables["substations"])
    assert found.tolist() == ["mainland", "mainland"]


def test_a_site_without_place_has_no_network(world, sites):
    lost = sites.loc[["AZ01"]].assign(lat=np.nan, network_region="")
    assert network_region(lost, world.tables["substations"]).tolist() == [""]


def test_only_what_stands_by_the_year(world):
    table = world.tables["substations"]
    fit = pd.DataFrame(suitable(table, 2029), table.index, columns=list(VOLTAGES))
    assert fit.loc["NAV", 330]  # under construction
    assert not fit.loc["NAV500"].any()  # planned: not in the committed build-out
    assert not fit.loc["NAK330"].any()  # planned without a year
    assert not fit.loc[["GPV", "KHW1", "SHI", "SAN"]].any(axis=None)  # plants' yards
    assert not fit.loc[["GARD", "PARS", "JULI"]].any(axis=None)  # abroad
    assert not suitable(table, 2021)[table.index.get_loc("NAV")].any()
    assert fit[110].sum() > 60
    assert fit[500].sum() == 3  # Absheron, Azerbaijan TPP, Samukh


def test_candidates_stay_on_their_island(world, sites):
    table = world.tables["substations"]
    region = network_region(sites, table)
    index, km = candidates(sites, region, table, suitable(table, 2029))
    assert index.shape == (len(sites), len(VOLTAGES), COMPARED)
    home = table["network_region"].to_numpy()
    assert (index[:, KV[110], 0] >= 0).all()
    assert (np.diff(km[:, KV[110]], axis=-1) >= 0).all()
    for own, places, far in zip(region, index, km, strict=True):
        assert (home[places[places >= 0]] == own).all()
        assert np.isinf(far[places < 0]).all()
    exclave = region == "nakhchivan"
    assert (index[exclave][:, [KV[220], KV[330], KV[500]]] == -1).all()
