"""Seconds that scipy takes for a few bootstrap replicates of a Huber fit (delta 1e-3), for the bench of the bootstrap.

L-BFGS-B with the analytic gradient, warm from the optimum of all rows, as one would who wants the replicates fast; no other starts.
With scipy's own tolerances it stops a few 1e-5 above the minimum, and up to 1e-3, where ours stops at it.
The objective of scipy-starts.py, each row weighted by how often it was drawn.

usage: scipy-replicates.py REPLICATES < RUNS.json     RUNS.json: {"N": [], "D": [], "loss": [], "coefficients": {}}
prints: {"replicates", "seconds"}
"""

import json
import sys
import time

import numpy as np
from scipy.optimize import minimize

DELTA = 1e-3
given = json.load(sys.stdin)
n, d, t = (np.log(np.array(given[name], float)) for name in ("N", "D", "loss"))
c = given["coefficients"]
optimum = [np.log(c["A"]), np.log(c["B"]), np.log(c["E"]), c["alpha"], c["beta"]]


def value_and_gradient(theta, times):
    a, b, e, alpha, beta = theta
    logs = np.stack([a - alpha * n, b - beta * d, np.full_like(n, e)])
    top = logs.max(0)
    weights = np.exp(logs - top)
    total = weights.sum(0)
    r = np.log(total) + top - t
    size = np.abs(r)
    value = (times * np.where(size <= DELTA, r * r / 2, DELTA * (size - DELTA / 2))).sum()
    p, q, s = times * np.clip(r, -DELTA, DELTA) * weights / total
    # In units of DELTA, so that scipy's absolute tolerance does not stop it at once.
    return value / DELTA, np.array([p.sum(), q.sum(), s.sum(), -(p * n).sum(), -(q * d).sum()]) / DELTA


rng = np.random.default_rng(1)
replicates = int(sys.argv[1])
begin = time.perf_counter()
for _ in range(replicates):
    times = np.bincount(rng.integers(len(n), size=len(n)), minlength=len(n))
    minimize(value_and_gradient, optimum, (times,), "L-BFGS-B", True)
json.dump({"replicates": replicates, "seconds": time.perf_counter() - begin}, sys.stdout)
