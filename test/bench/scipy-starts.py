"""Seconds that scipy takes for a few of Hoffmann's 4,500 starts, for the bench of the default fit.

L-BFGS-B with scipy's own tolerances on the sum of Huber penalties (delta 1e-3) of log loss, by log-sum-exp in (a, b, e, alpha, beta),
with the analytic gradient. Hoffmann et al. 2022, arXiv:2203.15556, section 3.3; Besiroglu et al. 2024, arXiv:2404.10102.

usage: scipy-starts.py STARTS < RUNS.json     RUNS.json: {"N": [], "D": [], "loss": []}
prints: {"starts", "seconds", "objective"}
"""

import itertools
import json
import sys
import time

import numpy as np
from scipy.optimize import minimize

GRID = list(
    itertools.product(
        [0, 5, 10, 15, 20, 25], [0, 5, 10, 15, 20, 25], [-1, -0.5, 0, 0.5, 1], [0, 0.5, 1, 1.5, 2], [0, 0.5, 1, 1.5, 2]
    )
)
DELTA = 1e-3

runs = json.load(sys.stdin)
n, d, t = (np.log(np.array(runs[name], float)) for name in ("N", "D", "loss"))


def value_and_gradient(theta):
    a, b, e, alpha, beta = theta
    logs = np.stack([a - alpha * n, b - beta * d, np.full_like(n, e)])
    top = logs.max(0)
    weights = np.exp(logs - top)
    total = weights.sum(0)
    r = np.log(total) + top - t
    size = np.abs(r)
    value = np.where(size <= DELTA, r * r / 2, DELTA * (size - DELTA / 2)).sum()
    p, q, s = np.clip(r, -DELTA, DELTA) * weights / total
    return value, np.array([p.sum(), q.sum(), s.sum(), -(p * n).sum(), -(q * d).sum()])


starts = GRID[:: max(1, len(GRID) // int(sys.argv[1]))]
begin = time.perf_counter()
best = min(minimize(value_and_gradient, start, jac=True, method="L-BFGS-B").fun for start in starts)
json.dump({"starts": len(starts), "seconds": time.perf_counter() - begin, "objective": best}, sys.stdout)
