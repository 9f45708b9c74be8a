"""Expected values for test/uncertainty and test/numeric, by scipy and numpy.

- symmetric: inverse and quadratic form of a covariance of A, B, E, alpha, beta, whose units differ by 1e10
- bca: scipy.stats.bootstrap's BCa interval of a mean over given replicates
- sandwich: the covariance f H^-1 M H^-1 of a squared-penalty fit of the 30 rows of test/fit/simulated.ts, in natural units, with the
  Jacobian by the derivatives on paper; M over single rows or over runs of three, f = units / (units - 5)

usage: uncertainty.py > uncertainty.json
"""

import json
from types import SimpleNamespace

import numpy as np
import scipy
from scipy import stats
from scipy.optimize import least_squares

scale = np.array([1e-2, 124.5, 1.5e-2, 1.3e8, 2e-2])
mixed = np.array([[np.cos(1 + i * j + i) for j in range(5)] for i in range(5)])
correlation = mixed @ mixed.T + 0.01 * np.eye(5)
matrix = correlation * np.outer(scale, scale)
vector = scale * np.array([1, -2, 0.5, 3, -1])
# The inverse by the scaled matrix, so that numpy's rounding is not that of the units.
inverse = np.linalg.inv(correlation) / np.outer(scale, scale)
symmetric = {
    "matrix": matrix.tolist(),
    "inverse": inverse.tolist(),
    "vector": vector.tolist(),
    "quadraticForm": float((vector / scale) @ np.linalg.solve(correlation, vector / scale)),
}

rng = np.random.default_rng(7)
sample = np.round(rng.lognormal(0, 1, 25), 4)
replicates = np.round(rng.choice(sample, (399, 25)).mean(1), 6)
before = SimpleNamespace(bootstrap_distribution=replicates)


def bca(level):
    # The level at which Student's t with 25 degrees of freedom is what the normal deviate is at `level`.
    student = 2 * stats.t.cdf(stats.norm.ppf((1 + level) / 2), 25) - 1
    result = stats.bootstrap((sample,), np.mean, n_resamples=0, bootstrap_result=before, confidence_level=level, method="BCa")
    return {"level": level, "studentLevel": student, "lower": result.confidence_interval.low, "upper": result.confidence_interval.high}


N = np.repeat([5e7, 2e8, 6e8, 2e9, 5e9, 1.5e10], 5)
D = N * np.tile([3, 10, 30, 100, 400], 6)
i = np.arange(30.0)
LOSS = (1.8 + 480 / N**0.35 + 2100 / D**0.37) * np.exp(0.02 * np.sin(37 * i * i + i))
NAMES = ["E", "A", "alpha", "B", "beta"]


def law(x):
    return x[0] + np.exp(x[1] - x[2] * np.log(N)) + np.exp(x[3] - x[4] * np.log(D))


def sandwich(weight, over, unit=np.arange(30)):
    """Weighted squares of r = ln L - ln loss, those with r > 0 times `over`; scores added up over the rows of each unit."""
    def rows(x):
        r = np.log(law(x)) - np.log(LOSS)
        return r, np.where(r > 0, weight * over, weight)

    def scaled(x):
        r, w = rows(x)
        return np.sqrt(w) * r

    fit = least_squares(scaled, [np.log(1.8), np.log(480), 0.35, np.log(2100), 0.37], x_scale=[1, 1, 0.1, 1, 0.1], xtol=1e-15, ftol=1e-15, gtol=1e-15)
    for _ in range(5):
        fit = least_squares(scaled, fit.x, x_scale="jac", xtol=1e-15, ftol=1e-15, gtol=1e-15)
    E, a, alpha, b, beta = fit.x
    A, B = np.exp(a), np.exp(b)
    L = law(fit.x)
    J = np.stack([np.ones(30), N**-alpha, -A * N**-alpha * np.log(N), D**-beta, -B * D**-beta * np.log(D)]).T / L[:, None]
    r, w = rows(fit.x)
    size = np.abs(J).max(0)
    K = J / size
    bread = np.linalg.inv(K.T @ (w[:, None] * K))
    units = np.unique(unit)
    scores = np.array([((w * r)[:, None] * K)[unit == one].sum(0) for one in units])
    factor = len(units) / (len(units) - 5)
    covariance = factor * bread @ scores.T @ scores @ bread / np.outer(size, size)
    return {"coefficients": dict(zip(NAMES, [E, A, alpha, B, beta])), "matrix": covariance.tolist()}


print(json.dumps({
    "scipy": scipy.__version__,
    "numpy": np.__version__,
    "symmetric": symmetric,
    "bca": {"sample": sample.tolist(), "replicates": replicates.tolist(), "intervals": [bca(level) for level in (0.5, 0.8, 0.9, 0.95)]},
    "sandwich": {"names": NAMES, "plain": sandwich(np.ones(30), 1), "weighted": sandwich(1 + i % 3, 1), "overestimates": sandwich(np.ones(30), 4), "runs": sandwich(np.ones(30), 1, np.arange(30) // 3)},
}, indent=1))
