"""What every test process shares, alone or beside others."""

import os

from hypothesis import settings

# Tests run in several processes: each keeps to one core and gives the same sums.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

# The same examples every time, and no verdict on a slow machine. To look for new ones:
# make test ARGS="--hypothesis-profile=explore"
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("steady")
