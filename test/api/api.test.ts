/** The public surface: each function behind one door, each type that it names beside it, all of it documented. */

import { describe, expect, it } from 'vitest';
import { read } from '../fences.ts';
import { page, publicNames, report } from './api.ts';

const names = publicNames();
const all = [...names].flatMap(([door, list]) => list.map((one) => ({ door, ...one })));

describe('the public surface', () => {
  it('is what test/api/api.txt says: after a change on purpose, run npm run api', () => {
    expect(report(names)).toBe(read('test/api/api.txt'));
    expect(page(names)).toBe(read('docs/entries.md'));
  });

  it('has every function and value behind exactly one door', () => {
    const doors = new Map<string, string[]>();
    for (const { name, door, kind } of all) if (kind !== 'type') doors.set(name, [...(doors.get(name) ?? []), door]);
    expect([...doors].filter(([, list]) => list.length > 1)).toEqual([]);
  });

  it('calls one type by one name behind all doors', () => {
    const called = new Map<string, Set<string>>();
    for (const { name, declared } of all) called.set(declared, (called.get(declared) ?? new Set()).add(name));
    expect([...called.values()].filter((set) => set.size > 1).map((set) => [...set])).toEqual([]);
  });

  it('gives the types that a function returns by name from the door of the function, and those that it takes from there or the root', () => {
    const root = names.get('scaling-laws')!;
    const missing = all.flatMap(({ door, name, takes, returns }) => {
      const here = names.get(door)!.map(({ declared }) => declared);
      const either = new Set([...here, ...root.map(({ declared }) => declared)]);
      const absent = [...returns.filter((one) => !here.includes(one)), ...takes.filter((one) => !either.has(one))];
      return absent.map((one) => `${door} ${name}: ${one}`);
    });
    expect([...new Set(missing)]).toEqual([]);
  });

  it('keeps words that could mean anything out of the root', () => {
    const vague = /^(Flag|Model|Size|Cell|Optimum|Alternative|Axis|AxisName|Span|Given|Matrix|Options|Result|Point)$/;
    expect(names.get('scaling-laws')!.filter(({ name }) => vague.test(name))).toEqual([]);
  });

  it('keeps the root to the route that a newcomer walks', () => {
    const root = names.get('scaling-laws')!;
    expect(root.filter(({ kind }) => kind !== 'type').length).toBeLessThan(55);
  });

  it('says of every function and value what it is', () => {
    expect(all.filter(({ kind, about }) => kind !== 'type' && about === '').map(({ name }) => name)).toEqual([]);
  });
});
