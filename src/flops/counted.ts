/** Ways to count training FLOPs, and which of them count embeddings: all that a table of runs asks. */

/** By name: whether embeddings, or the head that shares their matrix, are counted. */
export const COUNTS_EMBEDDINGS = {
  '6ND': true,
  kaplan: false,
  hoffmann: true,
  porian: true,
  deepseek: false,
  kumar: true,
} as const;

/** A way to count training FLOPs. */
export type FlopConvention = keyof typeof COUNTS_EMBEDDINGS;

/** Their names. */
export const FLOP_CONVENTIONS = /* @__PURE__ */ Object.keys(COUNTS_EMBEDDINGS) as readonly FlopConvention[];
