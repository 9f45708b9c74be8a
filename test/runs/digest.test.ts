import { describe, expect, it } from 'vitest';
import { digestRuns, fnv1a64 } from '../../src/runs/digest.ts';
import { readRuns } from '../../src/runs/read-runs.ts';

describe('fnv1a64', () => {
  // Test vectors of the authors' reference code.
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('%j', (text, digest) => {
    expect(fnv1a64(new TextEncoder().encode(text))).toBe(digest);
  });
});

describe('digestRuns', () => {
  // Expected, in Python: h = 0xcbf29ce484222325, then for each byte of struct.pack('<9d', 2, *N, *D, *C, *loss)
  // h = ((h ^ byte) * 0x100000001b3)% 2**64, with C = 6 N D = 1.2e20, 5.88e23; the second adds the weights 1, 0.5.
  it('is FNV-1a over the little-endian doubles', () => {
    expect(digestRuns(readRuns('N,D,loss\n1e9,2e10,2.5\n7e10,1.4e12,1.94'))).toBe('66dfcffd37fd69f8');
    expect(digestRuns(readRuns('N,D,loss,weight\n1e9,2e10,2.5,1\n7e10,1.4e12,1.94,.5'))).toBe('b0add867a46a5d88');
  });

  it('depends on the numbers and their order, not on names or spelling', () => {
    const digest = digestRuns(readRuns('N,D,loss\n1e9,2e10,2.5\n7e10,1.4e12,1.94'));
    expect(digestRuns(readRuns('params,tokens,val_loss,run\n1B,20B,2.50,x\n70B,1.4T,1.94,y'))).toBe(digest);
    expect(digestRuns(readRuns('N,D,loss\n7e10,1.4e12,1.94\n1e9,2e10,2.5'))).not.toBe(digest);
    expect(digestRuns(readRuns('N,D,loss\n1e9,2e10,2.5\n7e10,1.4e12,1.95'))).not.toBe(digest);
  });
});
