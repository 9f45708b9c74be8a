"""Cells of the Hitchhiker's experiment by scipy: squared residuals of loss, the best of many starts.

    python3 test/reference/hitchhike.py FOLDER/colpret2024/colpret.csv > test/reference/hitchhike.json

A cell is the k smallest sizes of a family, checkpoints later than 10e9 tokens and up to a share of the tokens of the longest of them
(Choshen et al. 2024, arXiv:2410.11840, github.com/IBM/ColPret: hist_fit). The objective is half the sum of squares. Starts are a grid of
exponents with amplitudes by non-negative least squares, and the authors' own; each is polished by least_squares with the exact Jacobian.
"""

import csv
import json
import sys

import numpy as np
from scipy.optimize import least_squares, nnls

FAMILIES = {"pythia": (2, 4, 5, 7), "OPT": (3, 5)}
SHARES = (0.2, 0.4, 0.5, 0.6, 0.9, 1.0)
AUTHORS = np.array([6.255414, 7.3049974, 0.6254804, 0.3526596, 0.3526596])
# The library's own bounds of the law: exponents at most 20, E at most the lowest loss.
MOST = 20.0


def law(x, N, D):
    a, b, e, alpha, beta = x
    return np.exp(e) + np.exp(a - alpha * np.log(N)) + np.exp(b - beta * np.log(D))


def jacobian(x, N, D):
    a, b, e, alpha, beta = x
    first, second = np.exp(a - alpha * np.log(N)), np.exp(b - beta * np.log(D))
    return np.stack([first, second, np.full(len(N), np.exp(e)), -first * np.log(N), -second * np.log(D)], axis=1)


def starts(N, D, L):
    yield AUTHORS
    for alpha in np.geomspace(0.02, 3, 12):
        for beta in np.geomspace(0.02, 3, 12):
            n, d = N.min(), D.min()
            X = np.stack([(N / n) ** -alpha, (D / d) ** -beta, np.ones(len(N))], axis=1)
            A, B, E = np.maximum(nnls(X, L)[0], 1e-6)
            yield np.array([np.log(A) + alpha * np.log(n), np.log(B) + beta * np.log(d), np.log(E), alpha, beta])


def best(N, D, L):
    low = [-np.inf, -np.inf, -np.inf, 0, 0]
    high = [np.inf, np.inf, np.log(L.min()), MOST, MOST]
    every = [np.clip(x, np.array(low) + 1e-9, np.array(high) - 1e-9) for x in starts(N, D, L)]
    every.sort(key=lambda x: ((law(x, N, D) - L) ** 2).sum())
    found = None
    for x in every[:40]:
        fit = least_squares(
            lambda x: law(x, N, D) - L, x, lambda x: jacobian(x, N, D), bounds=(low, high), x_scale="jac",
            ftol=1e-15, xtol=1e-15, gtol=1e-15, max_nfev=3000,
        )
        if found is None or fit.cost < found.cost:
            found = fit
    return found


def main():
    with open(sys.argv[1]) as file:
        rows = list(csv.DictReader(file))
    cells = []
    for family, counts in FAMILIES.items():
        own = [row for row in rows if row["family"] == family]
        N, D, L = (np.array([float(row[name]) for row in own]) for name in ("N", "D", "loss"))
        sizes = np.unique(N)
        judges = (N == sizes[-1]) & (D >= 0.7 * D[N == sizes[-1]].max())
        for k in counts:
            used = np.isin(N, sizes[:k])
            for share in SHARES:
                seen = used & (D > 10e9) & (D <= share * D[used].max())
                if seen.sum() < 6:
                    continue
                fit = best(N[seen], D[seen], L[seen])
                error = np.abs(law(fit.x, N[judges], D[judges]) / L[judges] - 1).mean()
                cells.append({
                    "family": family, "models": k, "share": share, "rows": int(seen.sum()),
                    "objective": float(fit.cost), "are": float(error),
                })
    print(json.dumps(cells, indent=1))


main()
