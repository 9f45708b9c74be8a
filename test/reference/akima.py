"""Akima's interpolation by scipy, for test/numeric/akima.test.ts. Between the points and beyond their ends.

usage: akima.py > akima.json
"""

import json

import numpy as np
import scipy
from scipy.interpolate import Akima1DInterpolator

rng = np.random.default_rng(11)
cases = []
for n in (2, 3, 4, 5, 6, 9, 15):
    for kind in ("smooth", "rough", "flat"):
        x = np.cumsum(rng.uniform(0.05, 2, n)) - 3
        # Straight stretches, where Akima's weights are 0 / 0; steps of 1 keep the secants exact.
        if kind == "flat":
            x = np.arange(n) * 1.0
        y = {"smooth": 2 + 0.1 * (x - 1) ** 2, "rough": rng.normal(size=n), "flat": np.where(x < n / 2, 1.0, 1.0 + x)}[kind]
        curve = Akima1DInterpolator(x, y)
        at = np.concatenate([x, rng.uniform(x[0], x[-1], 8), [x[0] - 0.7, x[-1] + 0.7]])
        cases.append({"x": x.tolist(), "y": y.tolist(), "at": at.tolist(), "values": curve(at, extrapolate=True).tolist()})
print(json.dumps({"scipy": scipy.__version__, "cases": cases}))
