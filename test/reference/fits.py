"""Fits of 30 simulated runs by scipy, for test/fit/scipy.test.ts; the rows are those of test/fit/simulated.ts.

    minimise  sum_i w_i penalty(r_i),   r = ln L - ln loss  or  L - loss,   L = exp(e) + exp(a) / N^alpha + exp(b) / D^beta

L-BFGS with analytic gradient from 300 of Hoffmann's 4,500 starts (arXiv:2203.15556, section 3.3), unconstrained, a and b centred; the
best 20 polished by stepping the level down and by Nelder-Mead.

usage: fits.py > fits.json
"""

import itertools
import json
from multiprocessing import Pool

import numpy as np
import scipy
from scipy.optimize import minimize

N = np.repeat([5e7, 2e8, 6e8, 2e9, 5e9, 1.5e10], 5)
D = N * np.tile([3, 10, 30, 100, 400], 6)
i = np.arange(30.0)
LOSS = (1.8 + 480 / N**0.35 + 2100 / D**0.37) * np.exp(0.02 * np.sin(37 * i * i + i))
WEIGHTS = 1 + i % 3
x, y = np.log(N), np.log(D)
cx, cy = x.mean(), y.mean()
GRID = list(itertools.product(range(0, 26, 5), range(0, 26, 5), [-1, -0.5, 0, 0.5, 1], [0, 0.5, 1, 1.5, 2], [0, 0.5, 1, 1.5, 2]))


def parts(theta):
    a, b, e, alpha, beta = theta
    terms = np.stack([np.exp(a - alpha * (x - cx)), np.exp(b - beta * (y - cy)), np.full(30, np.exp(e))])
    return terms, terms.sum(0)


def build(case):
    log = case["space"] == "log"
    over = case.get("overestimateWeight", 1)
    weight = WEIGHTS if case.get("weighted") else np.ones(30)
    target = {"squared": np.inf, "absolute": 0.0}.get(case["kind"], case.get("delta"))

    def f(theta, level):
        terms, p = parts(theta)
        r = np.log(p / LOSS) if log else p - LOSS
        w = np.where(r > 0, weight * over, weight)
        size = np.abs(r)
        if level == 0:
            value, psi = (w * size).sum(), w * np.sign(r)
        else:
            value = (w * np.where(size <= level, r * r / 2, level * (size - level / 2))).sum()
            psi = w * np.clip(r, -level, level)
        s = psi / p if log else psi
        g = terms * s
        gradient = np.array([g[0].sum(), g[1].sum(), g[2].sum(), -(g[0] * (x - cx)).sum(), -(g[1] * (y - cy)).sum()])
        return value, gradient

    return f, target


def fit(case):
    f, target = build(case)
    fixed = {k: v for k, v in case.get("fixed", {}).items()}
    tied = case.get("tied", False)

    def expand(z):
        """theta (centred) and its derivative by the free coordinates z."""
        free = {"a": 0, "b": 1, "e": 2, "alpha": 3, "beta": 4}
        J = np.eye(5)
        theta = np.array(z, float)
        if tied:
            theta[4] = theta[3]
            J[4] = J[3]
        if "E" in fixed:
            theta[2], J[2] = np.log(fixed["E"]), 0
        if "A" in fixed:
            theta[0] = np.log(fixed["A"]) - theta[3] * cx
            J[0] = -cx * J[3]
        return theta, J

    def g(z, level, scale):
        theta, J = expand(z)
        value, gradient = f(theta, level)
        if not np.isfinite(value):
            return 1e300, np.zeros(5)
        return value * scale, J.T @ gradient * scale

    def descend(z, level, iterations=500):
        scale = 1 / level if 0 < level < 1 else 1.0
        options = {"maxiter": iterations, "maxfun": 5 * iterations, "ftol": 1e-15, "gtol": 1e-11, "maxcor": 20, "maxls": 40}
        return minimize(g, z, (level, scale), "L-BFGS-B", True, options=options).x

    value = lambda z: f(expand(z)[0], target)[0]
    with np.errstate(all="ignore"):
        rng = np.random.default_rng(0)
        starts = [GRID[k] for k in rng.permutation(len(GRID))[:300]]
        ends = [descend(np.array([a - al * cx, b - be * cy, e, al, be]), target or 1e-4, 200) for a, b, e, al, be in starts]
        ends = sorted((z for z in ends if np.isfinite(value(z))), key=value)[:20]
        polished = []
        for z in ends:
            level = 0.1
            w = z
            while target < np.inf and level > max(target, 1e-8) * 1.001:
                w = descend(w, level)
                level /= 10**0.5
            for start in (z, w):
                for _ in range(4):
                    start = descend(start, target or 1e-8, 3000)
                polished.append(start)
        best = min(polished, key=value)
        for _ in range(6):
            r = minimize(value, best, method="Nelder-Mead",
                         options={"xatol": 1e-12, "fatol": 1e-16, "maxiter": 4000, "initial_simplex": best + np.vstack([np.zeros(5), 1e-3 * np.eye(5)])})
            if value(r.x) < value(best):
                best = r.x
            best = min([best, descend(best, target or 1e-8, 3000)], key=value)
    a, b, e, alpha, beta = expand(best)[0]
    return {**case, "objective": value(best),
            "coefficients": {"E": np.exp(e), "A": np.exp(a + alpha * cx), "B": np.exp(b + beta * cy), "alpha": alpha, "beta": beta}}


PENALTIES = [{"kind": "squared"}, {"kind": "absolute"}, {"kind": "huber", "delta": 1e-3}, {"kind": "huber", "delta": 1e-2}, {"kind": "huber", "delta": 0.1}]
CASES = [{"space": space, **penalty} for space in ("log", "linear") for penalty in PENALTIES]
CASES += [{"space": space, **penalty, "overestimateWeight": w} for space in ("log", "linear") for penalty in PENALTIES[:3] for w in (10, 0.2)]
CASES += [{"space": "log", **penalty, "weighted": True} for penalty in PENALTIES[:3]]
CASES += [{"space": "log", **penalty, **held} for penalty in (PENALTIES[0], PENALTIES[2])
          for held in ({"fixed": {"E": 1.69}}, {"fixed": {"A": 406.4}}, {"tied": True}, {"fixed": {"E": 1.69}, "tied": True})]

if __name__ == "__main__":
    with Pool() as pool:
        fits = pool.map(fit, CASES, chunksize=1)
    print(json.dumps({"scipy": scipy.__version__, "fits": fits}, indent=1))
