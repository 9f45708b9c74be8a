/**
 * Problems of NIST's Statistical Reference Datasets for nonlinear regression (https://www.itl.nist.gov/div898/strd/nls/), which are in
 * the public domain. Each has two starts, one far off and one close, and values certified to 11 digits.
 */

/** A regression problem: model, its derivatives by the coefficients, data and certified results. */
export interface NistProblem {
  readonly name: string;
  readonly model: (b: ArrayLike<number>, x: number) => number;
  readonly partials: (b: ArrayLike<number>, x: number) => readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly starts: readonly (readonly number[])[];
  readonly certified: readonly number[];
  /** Certified residual sum of squares. */
  readonly sumOfSquares: number;
}

const saturation = {
  model: (b: ArrayLike<number>, x: number): number => b[0]! * (1 - Math.exp(-b[1]! * x)),
  partials: (b: ArrayLike<number>, x: number): readonly number[] => [
    1 - Math.exp(-b[1]! * x),
    b[0]! * x * Math.exp(-b[1]! * x),
  ],
};

const thurberParts = (b: ArrayLike<number>, x: number): readonly [above: number, below: number] => [
  b[0]! + x * (b[1]! + x * (b[2]! + x * b[3]!)),
  1 + x * (b[4]! + x * (b[5]! + x * b[6]!)),
];

export const NIST_PROBLEMS: readonly NistProblem[] = [
  {
    name: 'Misra1a (lower difficulty)',
    ...saturation,
    x: [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
    y: [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78],
    starts: [
      [500, 0.0001],
      [250, 0.0005],
    ],
    certified: [2.3894212918e2, 5.5015643181e-4],
    sumOfSquares: 1.2455138894e-1,
  },
  {
    name: 'BoxBOD (higher difficulty)',
    ...saturation,
    x: [1, 2, 3, 5, 7, 10],
    y: [109, 149, 149, 191, 213, 224],
    starts: [
      [1, 1],
      [100, 0.75],
    ],
    certified: [2.1380940889e2, 5.4723748542e-1],
    sumOfSquares: 1.1680088766e3,
  },
  {
    name: 'MGH09 (higher difficulty)',
    model: (b, x) => (b[0]! * (x * x + x * b[1]!)) / (x * x + x * b[2]! + b[3]!),
    partials: (b, x) => {
      const above = x * x + x * b[1]!;
      const below = x * x + x * b[2]! + b[3]!;
      const slope = (-b[0]! * above) / below ** 2;
      return [above / below, (b[0]! * x) / below, slope * x, slope];
    },
    x: [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
    y: [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
    starts: [
      [25, 39, 41.5, 39],
      [0.25, 0.39, 0.415, 0.39],
    ],
    certified: [1.9280693458e-1, 1.9128232873e-1, 1.2305650693e-1, 1.3606233068e-1],
    sumOfSquares: 3.0750560385e-4,
  },
  {
    name: 'Thurber (higher difficulty)',
    model: (b, x) => {
      const [above, below] = thurberParts(b, x);
      return above / below;
    },
    partials: (b, x) => {
      const [above, below] = thurberParts(b, x);
      const slope = -above / below ** 2;
      return [...[1, x, x ** 2, x ** 3].map((power) => power / below), ...[x, x ** 2, x ** 3].map((p) => slope * p)];
    },
    x: [
      -3.067, -2.981, -2.921, -2.912, -2.84, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322, -1.501, -1.46,
      -1.274, -1.212, -1.1, -1.046, -0.915, -0.714, -0.566, -0.545, -0.4, -0.309, -0.109, -0.103, 0.01, 0.119, 0.377,
      0.79, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.2,
    ],
    y: [
      80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.06, 401.672, 390.724,
      567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914, 1122.643, 1178.351, 1260.531, 1273.514,
      1288.339, 1327.543, 1353.863, 1414.509, 1425.208, 1421.384, 1442.962, 1464.35, 1468.705, 1447.894, 1457.628,
    ],
    starts: [
      [1000, 1000, 400, 40, 0.7, 0.3, 0.03],
      [1300, 1500, 500, 75, 1, 0.4, 0.05],
    ],
    certified: [
      1.28813968e3, 1.4910792535e3, 5.8323836877e2, 7.5416644291e1, 9.6629502864e-1, 3.9797285797e-1, 4.9727297349e-2,
    ],
    sumOfSquares: 5.6427082397e3,
  },
];
