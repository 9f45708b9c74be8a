/** A fit takes a list of row objects too, and says what to do with anything else. */

import { describe, expect, it } from 'vitest';
import { fitScalingLaw } from '../../src/fit/fit-scaling-law.ts';
import { readRuns } from '../../src/runs/read-runs.ts';
import { simulated } from './simulated.ts';

const runs = simulated();

describe('plain rows', () => {
  const rows = Array.from(runs.row.keys(), (i) => ({ N: runs.N[i]!, D: runs.D[i]!, loss: runs.loss[i]! }));

  it('are read as readRuns reads them', () => {
    expect(fitScalingLaw(rows)).toEqual(fitScalingLaw(readRuns(rows)));
  });

  it.each([
    ['N,D,loss\n1,2,3', 'runs must be runs, or a list of row objects, got N,D,loss'],
    [null, 'runs must be runs, or a list of row objects, got null; read a table with readRuns(text)'],
    [{ N: [1], D: [2], loss: [3] }, 'runs must be runs, or a list of row objects, got an object'],
  ])('%j, which are none, are refused with a cure', (given, message) => {
    expect(() => fitScalingLaw(given as never)).toThrow(message);
  });
});
