"""Approach 2 on noiseless losses by numpy, for test/compare-approaches/iso-flop-bias.test.ts.

The setting of Open-Athena (arXiv:2603.22339): Hoffmann et al.'s printed law, five budgets from 1e17 to 1e21 FLOPs, 15 sizes from
1 / width to width times a centre, a parabola of loss in log10 N, a straight line through the minima. The centre is the optimum times
`scale` (C / 1e17)^drift. Printed are the errors of the exponent of N*, and of N* and D* at 1e24 FLOPs.

usage: iso-flop-bias.py > iso-flop-bias.json
"""

import json

import numpy as np

E, A, B, alpha, beta = 1.69, 406.4, 410.7, 0.34, 0.28
G = (alpha * A / (beta * B)) ** (1 / (alpha + beta))
a = beta / (alpha + beta)
budgets = np.array([1e17, 1e18, 1e19, 1e20, 1e21])
cases = []
for width, scale, drift in [(2, 1, 0), (4, 1, 0), (8, 1, 0), (16, 1, 0), (8, 3, 0), (8, 1, np.log10(3) / 4)]:
    minima = []
    for C in budgets:
        centre = G * (C / 6) ** a * scale * (C / 1e17) ** drift
        N = centre * np.geomspace(1 / width, width, 15)
        loss = E + A / N**alpha + B / (C / (6 * N)) ** beta
        c2, c1, _ = np.polyfit(np.log10(N), loss, 2)
        minima.append(-c1 / (2 * c2))
    exponent, intercept = np.polyfit(np.log10(budgets), minima, 1)
    found = 10 ** (exponent * 24 + intercept)
    truth = G * (1e24 / 6) ** a
    cases.append({"width": width, "scale": scale, "drift": drift, "a": exponent - a,
                  "N": found / truth - 1, "D": truth / found - 1})
print(json.dumps({"numpy": np.__version__, "cases": cases}, indent=1))
