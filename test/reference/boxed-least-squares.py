"""Least squares in a box by scipy, for test/numeric/boxed-least-squares.test.ts.

minimise |M x - y|^2 / 2 with lower <= x <= upper; printed are G = M'M, h = M'y (all that our solver sees), the box and scipy's x.

usage: boxed-least-squares.py > boxed-least-squares.json
"""

import json

import numpy as np
import scipy
from scipy.optimize import lsq_linear

rng = np.random.default_rng(7)
cases = []
for case in range(24):
    k = 1 + case % 4
    M = rng.normal(size=(12, k)) * 10.0 ** rng.uniform(-2, 2, k)
    x = rng.normal(size=k) / np.linalg.norm(M, axis=0) * 10
    y = M @ x + rng.normal(size=12)
    lower = np.where(rng.random(k) < 0.7, 0.0, x - 1)
    upper = np.where(rng.random(k) < 0.5, np.inf, lower + np.abs(x) * rng.uniform(0.2, 3, k))
    found = lsq_linear(M, y, (lower, upper), method="bvls", tol=1e-15, max_iter=1000)
    assert found.status > 0
    cases.append({"G": (M.T @ M).ravel().tolist(), "h": (M.T @ y).tolist(), "lower": lower.tolist(),
                  "upper": [None if np.isinf(u) else u for u in upper], "x": found.x.tolist()})
print(json.dumps({"scipy": scipy.__version__, "cases": cases}))
