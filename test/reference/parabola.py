"""Least-squares parabolas by numpy, for test/numeric/parabola.test.ts: coefficients in x itself, and the error of the curvature.

usage: parabola.py > parabola.json
"""

import json

import numpy as np

rng = np.random.default_rng(5)
cases = []
for n in (4, 5, 8, 20, 60):
    x = np.sort(rng.uniform(17, 24, n))
    y = 3 + 0.03 * (x - rng.uniform(18, 23)) ** 2 + 0.01 * rng.normal(size=n)
    centre = x.mean()
    (curvature, slope, constant), covariance = np.polyfit(x - centre, y, 2, cov=True)
    cases.append({"x": x.tolist(), "y": y.tolist(), "centre": centre, "curvature": curvature, "slope": slope,
                  "constant": constant, "curvatureError": float(np.sqrt(covariance[0, 0]))})
print(json.dumps({"numpy": np.__version__, "cases": cases}))
