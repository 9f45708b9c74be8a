"""Farseer with a prior on s and q, by scipy: rows of a known law with noise, and the least of

    sum_i r_i^2 / 2 + noise^2 sum_k z_k^2 / 2,   r = ln L - ln loss,   z = (coefficient - centre) / width

in the paper's own coefficients, each scaled by its size, from 60 starts about the truth. b and a are held at the truth: with all nine free
there are minima without number.

usage: farseer-prior.py > farseer-prior.json
"""

import json
import numpy as np
from scipy.optimize import least_squares

TRUTH = np.array([-0.015, 0.19, 0.45, 95, -0.115, -5.9, -0.14, 0.105, 0.35])
NOISE = 0.001
# Both off by two widths of the prior, so that rows and prior disagree.
LINES = [(0, -0.016, 0.0005), (1, 0.18, 0.005)]

random = np.random.default_rng(1)
N = np.repeat([1e6, 1e7, 1e8, 1e9, 1e10, 1e11], 6)
D = np.tile([1e9, 4e9, 2e10, 1e11, 5e11, 3e12], 6)


def loss(c):
    s, q, S, B, b, Q, A, a, E = c
    return np.exp(s * N**q + S) + np.exp(B * N**b + Q - np.exp(A * N**a + E) * np.log(D))


observed = loss(TRUTH) * np.exp(NOISE * random.standard_normal(len(N)))


FREE = [0, 1, 2, 3, 5, 6, 8]


def coefficients(u):
    c = TRUTH.copy()
    c[FREE] *= u
    return c


def stacked(u):
    c = coefficients(u)
    z = np.array([NOISE * (c[i] - centre) / width for i, centre, width in LINES])
    with np.errstate(over="ignore", invalid="ignore"):
        r = np.log(loss(c)) - np.log(observed)
    return np.nan_to_num(np.concatenate([r, z]), nan=1e3, posinf=1e3, neginf=-1e3)


best = None
for k in range(60):
    start = np.ones(7) + (random.choice([0.1, 0.5, 2]) * random.standard_normal(7) if k else 0)
    found = least_squares(stacked, start, xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=3000)
    if best is None or found.cost < best.cost:
        best = found

c = coefficients(best.x)
print(
    json.dumps(
        {
            "rows": [{"N": n, "D": d, "loss": l} for n, d, l in zip(N, D, observed)],
            "objective": best.cost,
            "fixed": {"b": TRUTH[4], "a": TRUTH[7]},
            "coefficients": dict(zip("sqSBbQAaE", c)),
            "departures": [(c[i] - centre) / width for i, centre, width in LINES],
        },
        indent=1,
    )
)
