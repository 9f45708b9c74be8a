/**
 * No public function swallows an option that it does not know. The table below names every function of every entry: a call of it that is
 * right but for one name, or the reason why it takes no options.
 */

import { describe, expect, it } from 'vitest';
import { read } from './fences.ts';
import { DEMAND_PROBLEM, LAW, RUNS } from './fixed-calls.ts';

type Api = Readonly<Record<string, (...given: unknown[]) => unknown>>;
type Call = (api: Api, zzz: object) => unknown;

const { exports } = JSON.parse(read('package.json')) as { readonly exports: Readonly<Record<string, unknown>> };
const entries = Object.keys(exports)
  .filter((name) => !/json$|worker$|schema/.test(name))
  .map((name) => (name === '.' ? 'index' : name.slice(2)));
const modules = await Promise.all(entries.map((name) => import(`../src/${name}.ts`) as Promise<Api>));
const api: Api = Object.assign({}, ...modules);
const functions = Object.keys(api).filter((name) => typeof api[name] === 'function');

const fit = api.fitScalingLaw!(RUNS, { penalty: 'squared' });
const boot = api.bootstrap!(fit, RUNS, { replicates: 2, resample: 'residuals' });
const plan = { filters: [{ kind: 'range', of: 'tokensPerParam', max: [100, Infinity] }] };
const hold = { kind: 'largest-N' };
const shape = { layers: 2, dModel: 8, heads: 2, kvHeads: 2, headSize: 4, dFf: 32, vocabulary: 100 };
const deployment = { gpu: 'H100', view: { kind: 'roofline' } };
const isoFlops = api.simulateRuns!({
  law: LAW,
  layout: { kind: 'isoflop', C: [1e18, 1e19, 1e20], N: [3e7, 1e8, 3e8, 1e9, 3e9] },
  seed: 1,
});
const axes = { x: { of: 'demand', values: [1e12] } };
const PRIOR = { widths: { alpha: 0.1, beta: 0.1 }, noise: 0.01 };
const _rivals = [
  { name: 'one', options: {} },
  { name: 'other', options: { penalty: 'squared' } },
];
const FAMILIES = api.readRuns!(read('examples/data/families.csv'));
const document = await api.plotDocument!();

const OWN = {
  kind: 'own',
  variables: ['N'],
  coefficients: { e: api.exponent!() },
  equation: 'L = N^e',
  source: 'a test',
  value: ({ e }: { e: number }, { N }: { N: number }) => N ** e,
};
/** A coefficient is refused by the law that it is given to. */
const ofTerm = ({ defineLaw }: Api, term: unknown): unknown =>
  defineLaw!({ ...OWN, coefficients: { ...OWN.coefficients, term } });

/** What is no options object: a law, runs, a fit, numbers, names. */
const NONE = 'takes no options';
/** An answer of the library may stand there, with all that it tells. */
const SIZE = 'takes a model, and passes over what else is told of it';

const TABLE: Readonly<Record<string, Call | string>> = {
  amplitude: ({ amplitude, ...others }, zzz) => ofTerm(others, amplitude!('N', 'e', zzz)),
  ablate: ({ ablate }, zzz) => ablate!(RUNS, { ...plan, ...zzz }),
  ablateAsync: ({ ablateAsync }, zzz) => ablateAsync!(RUNS, { ...plan, ...zzz }),
  ablateParallel: ({ ablateParallel }, zzz) => ablateParallel!(RUNS, { ...plan, ...zzz }),
  answer: ({ answer }, zzz) => answer!(RUNS, { C: 1e22, ...zzz }),
  ablationForest: ({ ablationForest, ablate }, zzz) => ablationForest!(ablate!(RUNS, plan), zzz),
  applyFilters: ({ applyFilters }, zzz) => applyFilters!(RUNS, [], zzz),
  approach1: ({ approach1 }, zzz) => approach1!(RUNS, zzz),
  approach2: ({ approach2 }, zzz) => approach2!(isoFlops, zzz),
  atExperts: NONE,
  bootstrap: ({ bootstrap }, zzz) => bootstrap!(fit, RUNS, zzz),
  bootstrapAsync: ({ bootstrapAsync }, zzz) => bootstrapAsync!(fit, RUNS, zzz),
  bootstrapCovariance: NONE,
  bootstrapFromJson: ({ bootstrapFromJson }, zzz) => bootstrapFromJson!(JSON.stringify(boot), zzz),
  bootstrapMarginals: NONE,
  bootstrapPairs: NONE,
  bootstrapParallel: ({ bootstrapParallel }, zzz) => bootstrapParallel!(fit, RUNS, zzz),
  borrow: ({ borrow }, zzz) => borrow!(LAW, RUNS, { keep: ['E'], ...zzz }),
  breakEven: ({ breakEven }, zzz) => breakEven!(DEMAND_PROBLEM, { qualities: [1e9], ...zzz }),
  brokenPowerLaw: NONE,
  chiSquaredTest: NONE,
  chooseLaw: ({ chooseLaw }, zzz) => chooseLaw!(RUNS, ['chinchilla', 'kaplan'], hold, zzz),
  choshenPrior: ({ choshenPrior }, zzz) => choshenPrior!({ ...PRIOR, ...zzz }),
  coefficientIntervals: ({ coefficientIntervals }, zzz) => coefficientIntervals!(boot, zzz),
  compareApproaches: ({ compareApproaches }, zzz) => compareApproaches!(RUNS, { C: 1e22, ...zzz }),
  compileDeployment: ({ compileDeployment }, zzz) => compileDeployment!({ ...deployment, ...zzz }),
  computeOptimal: ({ computeOptimal }, zzz) => computeOptimal!(LAW, { C: 1e22, ...zzz }),
  constrainedFrontier: ({ constrainedFrontier }, zzz) =>
    constrainedFrontier!({ ...DEMAND_PROBLEM, constraints: [{ kind: 'size', max: 13e9 }], ...zzz }),
  costBySize: ({ costBySize }, zzz) => costBySize!({ ...DEMAND_PROBLEM, ...zzz }),
  costOptimal: ({ costOptimal }, zzz) => costOptimal!(LAW, { loss: 2, ...zzz }),
  criticalBatch: NONE,
  criticalTokens: ({ criticalTokens }, zzz) => criticalTokens!({ N: 1e9, bits: 4, B: 400, beta: 0.3, ...zzz }),
  curvatureCovariance: NONE,
  defaultHoldOut: NONE,
  defineLaw: ({ defineLaw }, zzz) => defineLaw!({ ...OWN, ...zzz }),
  describeFilter: NONE,
  designRuns: ({ designRuns }, zzz) =>
    designRuns!({
      law: LAW,
      budget: 1e21,
      candidates: [{ N: 1e8, D: 2e9 }],
      goal: { kind: 'decision', C: 1e22 },
      ...zzz,
    }),
  designSpread: NONE,
  diagnose: NONE,
  digestRuns: NONE,
  downstream: NONE,
  effectiveShare: NONE,
  familyPrior: ({ familyPrior }, zzz) => familyPrior!([LAW, LAW], zzz),
  fastestParallelism: ({ fastestParallelism }, zzz) => fastestParallelism!(shape, 'H100', zzz),
  findingInWords: NONE,
  exponent: ({ exponent, ...others }, zzz) => ofTerm(others, exponent!(zzz)),
  floor: ({ floor, ...others }, zzz) => ofTerm(others, floor!(zzz)),
  fitEach: ({ fitEach }, zzz) => fitEach!(RUNS, zzz),
  fitEachParallel: ({ fitEachParallel }, zzz) => fitEachParallel!(RUNS, zzz),
  fitFamilies: ({ fitFamilies }, zzz) => fitFamilies!(RUNS, { shared: ['E'], ...zzz }),
  fitFromJson: ({ fitFromJson }, zzz) => fitFromJson!(JSON.stringify(fit), zzz),
  fitLink: NONE,
  fitScalingLaw: ({ fitScalingLaw }, zzz) => fitScalingLaw!(RUNS, zzz),
  flagIsoFlops: ({ flagIsoFlops }, zzz) => flagIsoFlops!(isoFlops, zzz),
  flopsPerToken: ({ flopsPerToken }, zzz) => flopsPerToken!({ ...shape, ...zzz }, 'kaplan'),
  formatAblation: NONE,
  frontierAt: NONE,
  gpuNamed: NONE,
  holdOut: ({ holdOut }, zzz) => holdOut!(RUNS, hold, zzz),
  inCode: NONE,
  hitchhike: ({ hitchhike }, zzz) => hitchhike!(RUNS, zzz),
  ablationMap: NONE,
  hitchhikeMap: ({ hitchhikeMap, hitchhike }, zzz) =>
    hitchhikeMap!(hitchhike!(FAMILIES, { shares: [1], penalty: 'squared' }), zzz),
  hitchhikeParallel: ({ hitchhikeParallel }, zzz) => hitchhikeParallel!(RUNS, zzz),
  inferenceOptimal: ({ inferenceOptimal }, zzz) => inferenceOptimal!(LAW, { loss: 2, Dinf: 1e12, ...zzz }),
  informationCriteria: NONE,
  intervals: ({ intervals }, zzz) => intervals!(boot, () => 1, zzz),
  isoFlopBias: ({ isoFlopBias }, zzz) => isoFlopBias!(LAW, isoFlops, { C: 1e21, ...zzz }),
  isoFlopProfiles: ({ isoFlopProfiles }, zzz) => isoFlopProfiles!(isoFlops, zzz),
  joinRuns: NONE,
  kvBytesPerToken: SIZE,
  leastStepSeconds: ({ leastStepSeconds }, zzz) => leastStepSeconds!(1e9, 'H100', zzz),
  lawFromJson: ({ lawFromJson }, zzz) => lawFromJson!({ law: 'chinchilla', coefficients: LAW.coefficients }, zzz),
  leaveOut: ({ leaveOut }, zzz) => leaveOut!(RUNS, { by: 'size', ...zzz }),
  lifeDemand: ({ lifeDemand }, zzz) => lifeDemand!({ tokens: 1e12, ...zzz }),
  lifetimeCost: ({ lifetimeCost }, zzz) =>
    lifetimeCost!(
      { N: 1e9, D: 1e11 },
      { demand: { tokens: 1e12 }, training: { gpu: 'H100' }, serving: deployment, ...zzz },
    ),
  lifetimeFlops: SIZE,
  likelihoodRatioTest: ({ likelihoodRatioTest }, zzz) => likelihoodRatioTest!(fit, RUNS, LAW, zzz),
  logLikelihood: NONE,
  loadLawFile: NONE,
  lossByCompute: NONE,
  lossSurface: ({ lossSurface }, zzz) => lossSurface!(LAW, zzz),
  parametersOf: ({ parametersOf }, zzz) => parametersOf!({ ...shape, ...zzz }),
  passAtK: NONE,
  planFromJson: ({ plan: solve, planFromJson }, zzz) => planFromJson!(JSON.stringify(solve!(DEMAND_PROBLEM)), zzz),
  plan: ({ plan: solve }, zzz) => solve!({ ...DEMAND_PROBLEM, ...zzz }),
  plotDocument: NONE,
  pngOfSvg: NONE,
  powerLawAt: NONE,
  problemFromJson: ({ problemFromJson }, zzz) => problemFromJson!({ ...DEMAND_PROBLEM }, zzz),
  predictRunEnd: ({ predictRunEnd }, zzz) => predictRunEnd!(RUNS, { target: 'run-1', ...zzz }),
  predictedByObserved: NONE,
  predictor: ({ predictor }, zzz) =>
    (predictor!(LAW) as { isoLoss: (asked: object) => unknown }).isoLoss({ loss: 2, N: [1e9, 1e10], ...zzz }),
  noiseOf: NONE,
  profile: NONE,
  profileInterval: NONE,
  quantizationLoss: ({ quantizationLoss }, zzz) => quantizationLoss!({ N: 1e9, D: 1e11, bits: 4, ...zzz }),
  ratioMaps: NONE,
  readFitFile: 'passes over what a later version of the library may have added',
  readRuns: ({ readRuns }, zzz) => readRuns!('N,D,loss\n1B,20B,2.5', zzz),
  readRunsFile: ({ readRunsFile }, zzz) => readRunsFile!('examples/data/simulated-runs.csv', zzz),
  relativeErrors: NONE,
  renderSvg: ({ renderSvg, lossByCompute }, zzz) => renderSvg!(lossByCompute!(LAW), { document, ...zzz }),
  reportHtml: ({ reportHtml }, zzz) => reportHtml!({ fit, document, ...zzz }),
  residualsAgainst: NONE,
  rollOut: ({ rollOut }, zzz) => rollOut!(RUNS, { by: 'N', ...zzz }),
  rowsOf: NONE,
  runsToCsv: NONE,
  ScalingLawsError: 'is a class',
  scale: ({ scale, ...others }, zzz) => ofTerm(others, scale!([1, 2], zzz)),
  servingOf: ({ servingOf }, zzz) => servingOf!(1e9, { ...deployment, ...zzz }),
  shapeFor: ({ shapeFor }, zzz) => shapeFor!(1e9, zzz),
  simulateRuns: ({ simulateRuns }, zzz) => simulateRuns!({ law: LAW, layout: 'sardana', seed: 1, ...zzz }),
  splitRuns: ({ splitRuns }, zzz) => splitRuns!(RUNS, { ...hold, ...zzz }),
  summarizeRuns: NONE,
  sweep: ({ sweep }, zzz) => sweep!(DEMAND_PROBLEM, { ...axes, ...zzz }),
  trainingFlops: ({ trainingFlops }, zzz) => trainingFlops!({ ...shape, ...zzz }, 1e9, 'kaplan'),
  variableProjection: ({ variableProjection }, zzz) => variableProjection!(RUNS, zzz),
  withBootstrap: NONE,
  weighRuns: 'takes the name of a scheme',
};

it('is told of every function of every entry', () => {
  expect(functions.filter((name) => !Object.hasOwn(TABLE, name))).toEqual([]);
  expect(Object.keys(TABLE).filter((name) => !Object.hasOwn(api, name))).toEqual([]);
});

describe('a misspelt option is refused by', () => {
  const calls = Object.entries(TABLE).filter(([, call]) => typeof call === 'function') as [string, Call][];

  it.each(calls)('%s', async (_, call) => {
    const outcome = await new Promise((resolve) => resolve(call(api, { zzz: 1 }))).then(
      () => 'no error',
      (error: unknown) => error,
    );
    expect(outcome).toMatchObject({ name: 'ScalingLawsError', code: 'E_OPTION', got: 'zzz' });
  });
});
