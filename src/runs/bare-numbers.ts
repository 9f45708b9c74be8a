/** JSON as Python writes it: `NaN` and `Infinity` stand bare, which JSON forbids. */

const STRING_OR_BARE = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/**
 * `text` with `NaN`, `Infinity` and `-Infinity` in quotes, so that it parses and a bad loss is still seen to be one.
 *
 * @example
 * withoutBareNumbers('{"loss": NaN, "note": "NaN"}') // => '{"loss": "NaN", "note": "NaN"}'
 */
export function withoutBareNumbers(text: string): string {
  return text.replace(STRING_OR_BARE, (found) => (found.startsWith('"') ? found : `"${found}"`));
}
