"""What this screen cannot say, in plain words; README has the same at length."""

from typing import Final

LIMITS: Final = {
    "Weather is made": "Hours are drawn from monthly normals. No hourly record of "
    "humidity inside Azerbaijan was found, and the typical year holds no extreme years. "
    "The command takes weather of your own.",
    "Firm megawatts are the middle of many networks": "Circuits, ratings and lengths "
    "that nobody publishes are drawn; the P10 can be a fifth of the P50. Short circuit, "
    "voltage and stability are not tested. Each site is offered the whole room of its "
    "substation, though several stand behind one.",
    "After 2031 the model sees no room": "The old steam plant closes and nothing that "
    "replaces it is announced with a year.",
    "Cooling is steady by the hour": "Prices of plant are guesses to half either way. A "
    "sea intake is judged by distance and height alone.",
    "The price is the national tariff": "There is no market and no contract with a "
    "plant. Whether the data-centre tariff of 2021 stands is not settled: it is off "
    "unless you say it stands.",
    "Announced projects count by policy": "Not by probability: switch each on or off "
    "under Assumptions; the Doubt page draws some of them.",
    "Water stress is known for Baku and Absheron alone": "A design that uses next to "
    "none is scored without it; another loses the criterion there.",
    "Fibre rests on assumed joints": "Which towns are joined is mostly assumed, failure "
    "rates come from other countries, and without Russia and Iran every way to Europe "
    "runs through Georgia. Capacity is never scored.",
    "Hazards stand beside the score": "No flood map was read. Four sites lie in districts "
    "still being cleared of mines and are excluded.",
    "Rent and loan are assumed": "No rent is published for Baku: NPV and IRR rest on an average "
    "of other markets, debt on what lenders ask elsewhere. Whether a data centre qualifies "
    "for each tax relief is open.",
    "A screen is no study": "It says which sites deserve one.",
}
"""Limit in a few words → what it means."""
