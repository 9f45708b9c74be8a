import { describe, expect, it } from 'vitest';
import { fieldOf } from '../../src/runs/field-of.ts';
import { readText, type TextName } from '../../src/tables/read-text.ts';
import { type Table, tableOfRows } from '../../src/tables/table.ts';
import { errorOf } from '../runs/error-of.ts';

const readTable = (text: string, name?: TextName): Table => readText(text, fieldOf, name).table;

const plain = {
  header: ['a', 'b'],
  columns: [
    ['1', '3'],
    ['x y', ''],
  ],
};

describe('readTable', () => {
  it.each([
    ['CSV', 'a,b\n1,x y\n3,\n'],
    ['TSV', 'a\tb\n1\tx y\n3\t\n'],
    ['semicolons', 'a;b\n1;x y\n3;\n'],
    ['bars', 'a|b\n1|x y\n3|\n'],
    ['a byte order mark', '\uFEFFa,b\n1,x y\n3,'],
    ['CRLF', 'a,b\r\n1,x y\r\n3,\r\n'],
    ['CR', 'a,b\r1,x y\r3,\r'],
    ['mixed line ends', 'a,b\r\n1,x y\n3,'],
    ['blank lines', '\n  \r\na,b\n1,x y\n\n3,\n\n \n'],
    ['quotes', '"a","b"\n"1","x y"\n"3",""'],
    ['spaces', ' a , b \n 1 , x y \n3, '],
  ])('reads %s', (_, text) => {
    expect(readTable(text)).toMatchObject({ ...plain, row: Int32Array.of(1, 2), bad: [] });
  });

  it('keeps delimiters, quotes and line ends that are quoted', () => {
    expect(readTable('"a,\t","b"\n"1,000","say ""x""\ny"').columns).toEqual([['1,000'], ['say "x"\ny']]);
  });

  it.each([
    ['an array of objects', '[{"a":1,"b":"x"},{"a":2}]'],
    ['an object of arrays', '{"a":[1,2],"b":["x",null]}'],
    ['a printed object of arrays', '{\n "a": [1,2],\n "b": ["x",null]\n}'],
    ['JSON Lines', '{"a":1,"b":"x"}\r\n\r\n{"a":2}\n'],
  ])('reads JSON: %s', (_, text) => {
    expect(readTable(text)).toMatchObject({
      header: ['a', 'b'],
      columns: [
        [1, 2],
        ['x', null],
      ],
    });
  });

  it('believes the format that it is told', () => {
    expect(readTable('a\tb,c\n1\t2', 'tsv').header).toEqual(['a', 'b,c']);
    expect(readTable('a\tb,c\n1,2', 'csv').header).toEqual(['a\tb', 'c']);
    expect(readTable('{"a":[1]}', 'jsonl').columns).toEqual([['[1]']]);
  });

  it('sets ragged rows aside', () => {
    const table = readTable('a,b\n1\n1,2\n1,2,3');
    expect(table.row).toEqual(Int32Array.of(2));
    expect(table.bad).toMatchObject([
      { code: 'E_ROW_RAGGED', row: 1, details: { found: 1, expected: 2 } },
      { code: 'E_ROW_RAGGED', row: 3, details: { found: 3, expected: 2 } },
    ]);
  });

  it('sets lines of JSON Lines aside that are no object', () => {
    expect(readTable('{"a":1}\n{"a":\n[3]\n{"a":4}', 'jsonl')).toMatchObject({
      columns: [[1, 4]],
      row: Int32Array.of(1, 4),
      bad: [
        { code: 'E_FORMAT', row: 2, value: '{"a":' },
        { code: 'E_FORMAT', row: 3, value: '[3]' },
      ],
    });
  });

  it.each([
    ['', 'E_EMPTY', 'the table must have rows, got blank text'],
    ['\uFEFF \r\n\n', 'E_EMPTY', 'the table must have rows, got blank text'],
    [
      'a,b\n1,2\n"3,4',
      'E_FORMAT',
      'row 2: quotes must close before a delimiter or line end, got a quote that is never closed',
    ],
    ['[{"a":nan}]', 'E_FORMAT', /^the text must be JSON, got a syntax error; /],
    ['{"a":\n{"b":{}}}', 'E_FORMAT', 'JSON must hold row objects, columns, or runs by name, got an object'],
    ['{"a":[1,2],"b":[1]}', 'E_FORMAT', 'columns must be equally long, got 2 ("a") and 1 ("b")'],
  ])('refuses %j', (text, code, message) => {
    const error = errorOf(() => readTable(text));
    expect(error.code).toBe(code);
    if (typeof message === 'string') expect(error.message).toBe(message);
    else expect(error.message).toMatch(message);
  });

  it('reads thousands of columns', () => {
    const names = Array.from({ length: 5000 }, (_, i) => `c${i}`);
    const table = readTable(`${names.join(',')}\n${names.map((_, i) => i).join(',')}`);
    expect(table.columns[4999]).toEqual(['4999']);
  });
});

describe('tableOfRows', () => {
  it('keeps primitives, writes anything nested as JSON, and takes own keys only', () => {
    const nested = { a: 1n, b: true, c: { d: 1 } };
    const rows: unknown[] = [nested, { a: undefined, toString: 'own' } as object];
    expect(tableOfRows(rows)).toMatchObject({
      header: ['a', 'b', 'c', 'toString'],
      columns: [
        [1, null],
        [true, null],
        ['{"d":1}', null],
        [null, 'own'],
      ],
    });
  });
});
