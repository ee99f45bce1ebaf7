"""The app under many readers: thirty sessions re-rank for a minute on one server.

Each session is a real connection to a real server, as a browser's. It asks for the
overview with weights of its own in the link, again and again, and holds the ranked
table that comes back against what the model says of those weights: another session's
table would show. Run by hand: ``python benchmarks/bench_app.py``.
"""

import asyncio
import io
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from data import load_world
from siting.loading import load_scenario
from siting.ranking import rank
from siting.trunk import evaluate

SESSIONS = 30
SECONDS = 60.0
GROUPS = ("cooling", "power", "connectivity")
WEIGHTS = [
    (60, 20, 20),
    (20, 60, 20),
    (20, 20, 60),
    (80, 10, 10),
    (10, 80, 10),
    (5, 15, 80),
]
"""Weights of the groups that sessions ask for, in turn."""


def settings(weights):
    """Return weights as settings of the link."""
    names = (f"preferences.groups.{group}" for group in GROUPS)
    return dict(zip(names, map(str, weights), strict=True))


def expected():
    """Return the order of the sites the model gives for each choice of weights."""
    world = load_world()
    sites = world.tables["sites"]
    evaluation = evaluate(sites, load_scenario("base"), world)
    orders = {}
    for weights in WEIGHTS:
        sets = [f"{key}={value}" for key, value in settings(weights).items()]
        table = rank(evaluation, load_scenario("base", sets).preferences).table
        placed = table[table["rank"].notna()]
        orders[weights] = placed["name"].tolist()
    return orders


def names_in(message):
    """Return the names of the table a message carries, if it is the ranked one."""
    if message.WhichOneof("type") != "delta" or not message.delta.HasField(
        "new_element"
    ):
        return None
    element = message.delta.new_element
    if element.WhichOneof("type") != "dataframe":
        return None
    with pa.ipc.open_stream(io.BytesIO(element.dataframe.arrow_data.data)) as reader:
        table = reader.read_all().to_pandas()
    if not {"rank", "name", "score"} <= set(table):
        return None
    return table.loc[table["rank"].notna(), "name"].tolist()


async def reader(address, number, until, orders, told):
    """Re-rank until the time is up, and count what is wrong."""
    connection = await connect(f"ws://{address}/_stcore/stream", max_size=None)
    for weights in cycle(WEIGHTS[number % len(WEIGHTS) :] + WEIGHTS):
        if time.monotonic() > until:
            break
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(settings(weights))
        start = time.monotonic()
        await connection.send(asked.SerializeToString())
        seen = None
        while True:
            message = ForwardMsg.FromString(await connection.recv())
            seen = names_in(message) or seen
            if message.WhichOneof("type") == "script_finished":
                break
        told["times"].append(time.monotonic() - start)
        told["runs"] += 1
        told["absent"] += seen is None
        told["wrong"] += seen is not None and seen != orders[weights]


async def crowd(address, orders):
    """Run all sessions side by side."""
    told = {"times": [], "runs": 0, "wrong": 0, "absent": 0, "closed": 0}
    until = time.monotonic() + SECONDS
    await asyncio.gather(
        *(reader(address, k, until, orders, told) for k in range(SESSIONS))
    )
    return told


def free_port():
    """Return a port nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def serving(port):
    """Wait until the server answers; return the seconds that took."""
    start = time.monotonic()
    while time.monotonic() - start < 60.0:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health"):
                return time.monotonic() - start
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the server did not answer")


def memory_mb(pid):
    """Return the greatest memory a process has held [MB]."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if "VmHWM" in line)


def main():
    """Start the server, let the crowd in, say what happened."""
    orders = expected()
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "app",
            f"--server.port={port}",
            "--server.headless=true",
        ],
        stdout=subprocess.DEVNULL,
    )
    try:
        print(f"server answers after {serving(port):.1f} s")
        told = asyncio.run(crowd(f"127.0.0.1:{port}", orders))
        times = sorted(told["times"])
        print(
            f"{SESSIONS} sessions, {SECONDS:.0f} s: {told['runs']} rankings, "
            f"{told['wrong']} wrong, {told['absent']} without a table, "
            f"{told['closed']} connections lost"
        )
        print(
            f"answer in {median(times):.2f} s, 95 % within "
            f"{times[int(0.95 * (len(times) - 1))]:.2f} s, longest {times[-1]:.2f} s; "
            f"server {memory_mb(server.pid):.0f} MB at most"
        )
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"(this client: {used:.0f} MB)")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
