/** JSON as Python writes it: `NaN` and `Infinity` stand bare, which JSON forbids. */

const BARE = /-?\b(?:NaN|Infinity)\b/g;

/**
 * `text` with `NaN`, `Infinity` and `-Infinity` in quotes, so that it parses and a bad loss is still seen to be one.
 *
 * @example
 * withoutBareNumbers('{"loss": NaN, "note": "NaN"}') // => '{"loss": "NaN", "note": "NaN"}'
 */
export function withoutBareNumbers(text: string): string {
  // Every other part between quotes is a string; a quote that is escaped ends none. Each character is looked at once.
  let isString = false;
  return text
    .split('"')
    .map((part) => {
      if (!isString) {
        isString = true;
        return part.replace(BARE, '"$&"');
      }
      isString = /(?:^|[^\\])(?:\\\\)*\\$/.test(part);
      return part;
    })
    .join('"');
}

/** `text` as JSON, bare numbers as text. @throws {SyntaxError} */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/NaN|Infinity/.test(text)) throw error;
    return JSON.parse(withoutBareNumbers(text));
  }
}
