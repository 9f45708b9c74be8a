"""The search of the literature, as a judge of ours: L-BFGS from Hoffmann's grid, UNCONSTRAINED, in (a, b, e, alpha, beta).

    L(N, D) = exp(e) + exp(a) / N^alpha + exp(b) / D^beta,   minimise  sum penalty(ln L - ln loss)

Hoffmann et al. 2022, arXiv:2203.15556, section 3.3; Besiroglu et al. 2024, arXiv:2404.10102. The gradient is analytic, a and b
are centred at the geometric means of N and D (an affine change of coordinates: the problem stays the same, scipy's L-BFGS gets
further), and the best 25 are polished: level stepped down to the target, then L-BFGS again and again until nothing moves.

usage: many-starts.py CASES.json [STARTS]      CASES.json: [{"N": [], "D": [], "loss": [], "penalty": {"kind", "delta"}}]
prints: [{"objective", "coefficients", "inside": {"objective", "coefficients"}}]; "inside" is the best minimum with
0 <= alpha, beta <= 20 and E <= the lowest loss, from the same search with those bounds given to L-BFGS-B.
"""

import itertools
import json
import sys
from multiprocessing import Pool

import numpy as np
from scipy.optimize import minimize

GRID = list(
    itertools.product(
        [0, 5, 10, 15, 20, 25], [0, 5, 10, 15, 20, 25], [-1, -0.5, 0, 0.5, 1], [0, 0.5, 1, 1.5, 2], [0, 0.5, 1, 1.5, 2]
    )
)
FREE = [(None, None)] * 5


def make(case):
    x, y, t = (np.log(np.array(case[name], float)) for name in ("N", "D", "loss"))
    cx, cy = x.mean(), y.mean()
    x, y = x - cx, y - cy
    kind = case["penalty"]["kind"]
    target = {"squared": np.inf, "absolute": 0.0}.get(kind, case["penalty"].get("delta"))

    def parts(theta):
        a, b, e, alpha, beta = theta
        logs = np.stack([a - alpha * x, b - beta * y, np.full_like(x, e)])
        top = logs.max(0)
        weights = np.exp(logs - top)
        total = weights.sum(0)
        return np.log(total) + top - t, weights / total

    def value(theta, level=target):
        r = np.abs(parts(theta)[0])
        if level == 0:
            return r.sum()
        return np.where(r <= level, r * r / 2, level * (r - level / 2)).sum()

    def scaled(theta, level):
        """Value and gradient, over the level, so that scipy's absolute tolerances mean something."""
        r, w = parts(theta)
        size = np.abs(r)
        scale = 1 / level if 0 < level < 1 else 1.0
        if level == 0:
            f, psi = size.sum(), np.sign(r)
        else:
            f = np.where(size <= level, r * r / 2, level * (size - level / 2)).sum()
            psi = np.clip(r, -level, level)
        pa, pb = psi * w[0], psi * w[1]
        g = np.array([pa.sum(), pb.sum(), (psi * w[2]).sum(), -(pa * x).sum(), -(pb * y).sum()])
        return (f * scale, g * scale) if np.isfinite(f) else (1e300, np.zeros(5))

    box = [(None, None), (None, None), (None, t.min()), (0, 20), (0, 20)]

    def coefficients(theta):
        a, b, e, alpha, beta = theta
        return {
            "E": np.exp(e),
            "A": np.exp(min(a + alpha * cx, 700)),
            "B": np.exp(min(b + beta * cy, 700)),
            "alpha": alpha,
            "beta": beta,
        }

    return value, scaled, box, coefficients, target, (cx, cy)


def descend(scaled, theta, level, bounds, rounds=1, iterations=400):
    best = None
    for _ in range(rounds):
        try:
            r = minimize(
                scaled, theta, (level,), "L-BFGS-B", True, bounds=bounds,
                options={"maxiter": iterations, "maxfun": 4 * iterations, "ftol": 1e-14, "gtol": 1e-10, "maxcor": 20, "maxls": 40},
            )
        except (ValueError, FloatingPointError):
            return theta
        if best is not None and not r.fun < best * (1 - 1e-12):
            return r.x
        best, theta = r.fun, r.x
    return theta


def search(args):
    case, count = args
    with np.errstate(all="ignore"):
        value, scaled, box, coefficients, target, (cx, cy) = make(case)
        rng = np.random.default_rng(0)
        grid = [GRID[i] for i in rng.permutation(len(GRID))[:count]]
        starts = [np.array([a - alpha * cx, b - beta * cy, e, alpha, beta]) for a, b, e, alpha, beta in grid]
        answer = {}
        for name, bounds in (("free", FREE), ("inside", box)):
            clip = lambda z: np.array([min(max(v, -np.inf if lo is None else lo), np.inf if hi is None else hi)
                                       for v, (lo, hi) in zip(z, bounds)])
            ends = [descend(scaled, clip(s), target or 1e-6, bounds, iterations=150) for s in starts]
            if name == "inside" and "free" in answer:
                ends += [clip(answer["free"])]
            ends = sorted((z for z in ends if np.isfinite(value(z))), key=value)[:25]
            polished = list(ends)
            for z in ends:
                direct = descend(scaled, z, target or 1e-8, bounds, rounds=6, iterations=2000)
                polished.append(direct)
                if target < np.inf:
                    w, level = z, max(3e-2, target)
                    while level > max(target, 1e-9) * 1.0001:
                        w = descend(scaled, w, level, bounds, iterations=300)
                        level = max(level / 10**0.5, target, 1e-9)
                    polished.append(descend(scaled, w, target or 1e-9, bounds, rounds=6, iterations=2000))
            answer[name] = min(polished, key=value)
        return {
            "objective": value(answer["free"]),
            "coefficients": coefficients(answer["free"]),
            "inside": {"objective": value(answer["inside"]), "coefficients": coefficients(answer["inside"])},
        }


if __name__ == "__main__":
    cases = json.load(open(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    with Pool() as pool:
        print(json.dumps(pool.map(search, [(case, count) for case in cases], chunksize=1)))
