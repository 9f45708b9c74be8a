"""Expected values for src/numeric/distributions.ts, by scipy: normal, chi-squared, Student's t and Fisher's F, far tails included.

usage: distributions.py > distributions.json
"""

import json

from scipy import stats

P = [1e-300, 1e-100, 1e-20, 1e-10, 1e-6, 1e-4, 0.001, 0.025, 0.1, 0.24, 0.26, 0.4, 0.49, 0.5, 0.6, 0.75, 0.9, 0.975, 0.999, 0.9999, 1 - 1e-9]
Z = [-37, -20, -10, -5, -3, -1.5, -1, -0.5, -0.1, -1e-8, 0, 0.1, 1, 3, 8]
X = [0, 1e-3, 0.1, 1, 3.84, 10, 28, 33, 83.99546866212222, 238.4, 950, 1050, 1300]
distributions = {
    "normalQuantile": [[p, stats.norm.ppf(p)] for p in P],
    "normalCdf": [[z, stats.norm.cdf(z)] for z in Z],
    "chisquareTail": [[x, df, stats.chi2.sf(x, df)] for df in (1, 2, 3, 5, 30, 31.5, 1000) for x in X],
    "chisquareQuantile": [[p, df, stats.chi2.ppf(p, df)] for df in (1, 2, 5, 30, 400) for p in P if p > 1e-12],
    "fTail": [[f, a, b, stats.f.sf(f, a, b)] for a, b in ((1, 3), (2, 44), (4, 40), (47, 329), (239.3, 4600.2)) for f in (1e-3, 0.3, 1, 3.2, 50)],
    "tQuantile": [[p, df, stats.t.ppf(p, df)] for df in (1, 2, 3, 5, 7.5, 19, 235, 5000) for p in P if p > 1e-12],
}
print(json.dumps(distributions))
