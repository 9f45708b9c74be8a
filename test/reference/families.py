"""Two families with shared exponents by scipy: Gadre et al. 2024's runs on C4 and on RedPajama, loss on C4's validation set.

    L_f(N, D) = exp(e_f) + exp(a_f) / N^alpha + exp(b_f) / D^beta,   minimise  sum over both families of penalty(ln L - ln loss)

300 starts of L-BFGS with analytic gradients, the best 12 polished with the level of the penalty stepped down to its target.

usage: families.py DATA_FOLDER > families.json
"""

import csv
import json
import sys

import numpy as np
from scipy.optimize import minimize

FAMILIES = ["c4_original", "rpj"]


def read(folder):
    with open(f"{folder}/gadre2024/derived_runs.csv") as file:
        rows = [row for row in csv.DictReader(file) if row["train_dataset"] in FAMILIES]
    column = lambda name: np.array([float(row[name]) for row in rows])
    family = np.array([FAMILIES.index(row["train_dataset"]) for row in rows])
    return np.log(column("params")), np.log(column("tokens")), np.log(column("loss_c4_val")), family


def make(x, y, t, family):
    cx, cy = x.mean(), y.mean()
    x, y = x - cx, y - cy

    def f(theta, level):
        a, b, e = theta[[0, 1]][family], theta[[2, 3]][family], theta[[4, 5]][family]
        logs = np.stack([a - theta[6] * x, b - theta[7] * y, e])
        top = logs.max(0)
        w = np.exp(logs - top)
        total = w.sum(0)
        r, w = np.log(total) + top - t, w / total
        size = np.abs(r)
        scale = 1 / level if level < 1 else 1.0
        value = np.where(size <= level, r * r / 2, level * (size - level / 2)).sum()
        psi = np.clip(r, -level, level)
        g = np.zeros(8)
        for k in (0, 1):
            own = family == k
            g[k], g[2 + k], g[4 + k] = (psi[own] @ w[i][own] for i in range(3))
        g[6], g[7] = -(psi * w[0]) @ x, -(psi * w[1]) @ y
        return scale * value, scale * g

    return f, cx, cy


def search(data, target):
    f, cx, cy = make(*data)
    rng = np.random.default_rng(1)
    bounds = [(-30, 5)] * 6 + [(0, 5)] * 2
    go = lambda theta, level, n: minimize(
        f, theta, args=(level,), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": n, "ftol": 1e-15, "gtol": 1e-12}
    ).x
    coarse = max(target, 0.05)
    exact = lambda theta: f(theta, target)[0] * (target if target < 1 else 1)
    starts = [
        go(np.concatenate([rng.uniform(-3, 1, 4), rng.uniform(-0.5, 1, 2), rng.uniform(0.05, 1.2, 2)]), coarse, 200)
        for _ in range(300)
    ]
    best = None
    for theta in sorted(starts, key=exact)[:12]:
        level = coarse
        while level > target * 1.0001:
            theta = go(theta, level, 2000)
            level /= 2
        for _ in range(6):
            theta = go(theta, target, 5000)
            for _ in range(5):
                z = theta + rng.normal(0, 0.003, 8)
                z = go(z, target, 5000)
                theta = z if exact(z) < exact(theta) else theta
        if best is None or exact(theta) < exact(best):
            best = theta
    a, b, e = best[0:2], best[2:4], best[4:6]
    return {
        "objective": exact(best),
        "alpha": best[6],
        "beta": best[7],
        "E": list(np.exp(e)),
    }


data = read(sys.argv[1])
cases = [{"kind": "squared"}, {"kind": "huber", "delta": 1e-3}, {"kind": "huber", "delta": 1e-2}]
json.dump(
    [{"penalty": c, "rows": len(data[0]), **search(data, c.get("delta", 1e6))} for c in cases], sys.stdout, indent=1
)
