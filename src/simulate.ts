/** `scaling-laws/simulate`: runs drawn from a known law. */

export type { Runs } from './runs/runs.ts';
export type { Layout } from './simulate/layout.ts';
export type { Noise } from './simulate/noise.ts';
export type { Schedule } from './simulate/schedule.ts';
export { type Simulation, simulateRuns } from './simulate/simulate-runs.ts';
