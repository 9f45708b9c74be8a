/**
 * What a heading says: which quantity stands below it, in which scale, and of a loss in which unit. One list for tables and for logs, of the
 * names that people and tools use: nanochat, OLMo-core and its ladder, levanter and Marin, Megatron, lm-evaluation-harness, ColPret,
 * Gemstones, W&B, Hugging Face, TensorBoard. A heading is taken apart into words, so that `n_params`, `Num Params` and `model/params` are one.
 */

import { type GivenLossUnit, lossUnitNamed } from '../loss-unit.ts';
import type { FieldName } from './fields.ts';
import { type Scale, scaleNamed } from './scales.ts';

/** A heading, understood as far as it goes without a look at its column. */
export interface Heading {
  readonly text: string;
  /** Its words in lower case, without a scale or unit in brackets: of `eval/paloma/c4_en/bpb`, eval paloma c4 en bpb. */
  readonly words: readonly string[];
  /** `(M)`, `[millions]`, `log10 ...`; `log` where the base is not said. */
  readonly scale?: Scale | 'log';
  /** Unit of a loss, where it is said: `(nats)`, `val_bpb`. */
  readonly lossUnit?: GivenLossUnit;
}

const LOG = /^\s*(log_?10|log_?2|lg|ln|log)(?:[\s_]*\((.*)\)|[\s_]+(\S.*?))\s*$/i;
const BRACKET = /^(.*\S)\s*[([{]([^()[\]{}]+)[)\]}]$/;

/** `text`, understood. */
export function headingOf(text: string): Heading {
  const log = LOG.exec(text);
  const inner = (log?.[2] ?? log?.[3] ?? text).trim();
  const [, before = '', inside = ''] = BRACKET.exec(inner) ?? [];
  const [scale, unit] = [scaleNamed(inside), lossUnitNamed(inside)];
  const isCount = /^(?:count|params|parameters|tokens|flops?)$/i.test(inside);
  const words = wordsOf(scale !== undefined || unit || isCount ? before : inner);
  // A logarithm of a perplexity is a loss in nats.
  const base = log && !/ppl|perplexity|loss|likelihood/.test(words.join()) ? baseOf(log[1]!.toLowerCase()) : undefined;
  const flops = words.find((word) => /^(?:[kmgtpez]|(?:kilo|mega|giga|tera|peta|exa|zetta))flops?$|^pfs?$/.test(word));
  const days = words.some((word) => /^days?$/.test(word)) ? '-days' : '';
  const said = base ?? scale ?? (flops === undefined ? undefined : scaleNamed(flops + days));
  const lossUnit = unit ?? lossUnitOf(base === undefined && log ? ['log', ...words] : words);
  return { text, words, ...(said !== undefined && { scale: said }), ...(lossUnit && { lossUnit }) };
}

const baseOf = (log: string): Scale | 'log' =>
  log === 'ln' || log === 'log' ? log : log.endsWith('2') ? 'log2' : 'log10';

/** Words of a heading; a capital begins one: `CrossEntropyLoss`. */
export const wordsOf = (text: string): readonly string[] =>
  (text.replace(/FL?OPs/g, 'flops').match(/\d+[a-z]*|[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) =>
    word.toLowerCase(),
  );

/** Words that say where a value stands, and nothing of what it is. */
const GROUP =
  /^(?:throughput|config|summary|trainer|model|arch|architecture|state|run|metrics?|data|stats|info|results?|args|meta|final|n|num|number|nr|of|count)$/;
/** How a loss, or a count of tokens, was taken; which of the two it is does not matter. */
const HELD_OUT = /^(?:val|valid|validation|eval|evaluation|test|dev|held|out|heldout|holdout)$/;
const TRAINING = /^(?:train|training|trained|pretrain|pretraining)$/;

/** A count: a word that names it, and others that may stand beside it. */
interface Count {
  readonly base: RegExp;
  readonly beside: RegExp;
  /** Headings that may mean it, where none names it. */
  readonly vague: RegExp;
  /** Headings that look like it: a reason to ask, where a value would be derived. */
  readonly like: RegExp;
}

/** Beside these words nothing is a total. */
const NO_TOTAL =
  /\b(?:per|rate|sec|second|s|vocab|batch|length|len|max|loss|acc|ratio|embd?|unique|increase|epochs?|time|cost)\b/;

const COUNTS: Readonly<Partial<Record<FieldName, Count>>> = {
  N: {
    base: /^n?param(?:eter)?s?$/,
    beside:
      /^(?:trainable|precise|exact|size|total|all|active|activated|dense|non|no|without|wo|excl|excluding|(?:non)?emb(?:ed|eds|edding|eddings|d)?|eff|effective|body|weight|vocab)$/,
    vague: /^(?:(?:model )?size|n|model scale)$/,
    like: /param|\bmodel size\b|\bweights\b/,
  },
  D: {
    base: /^n?(?:tokens?|toks?)$/,
    beside:
      /^(?:total|seen|processed|consumed|so|far|input|global|cumulative|dataset|corpus|train|training|trained|pretrain|pretraining)$/,
    vague: /^(?:(?:train(?:ing)? )?(?:data|dataset|corpus) size|d)$/,
    like: /\btok|tok(?:en)?s?\b|\b(?:data|dataset|corpus) ?size\b|\b(?:samples|examples|sequences|documents|bytes|chars|characters|words)\b/,
  },
  C: {
    base: /^(?:[kmgtpez]?flops?|(?:kilo|mega|giga|tera|peta|exa|zetta)flops?|compute|pf|pfs)$/,
    beside:
      /^(?:total|cumulative|so|far|used|actual|estimated|measured|budget|target|cost|days?|6nd|6|nd|train|training|trained|pretrain|pretraining)$/,
    vague: /^(?:budget|c)$/,
    like: /flo[ps]|\bcompute\b/,
  },
  U: { base: /^unique$/, beside: /^(?:train|training|tokens?)$/, vague: /^u$/, like: /^$/ },
};

const NAMES: Readonly<Record<string, RegExp>> = {
  step: /^(?:(?:train |trainer )?global steps?|iter|iterations?)$/,
  fraction: /^(?:fraction|run progress)$/,
  weight: /^weight$/,
  run: /^run(?: id| name)?$/,
  family: /^(?:family|model family|scaled set)$/,
};

/** Ranks from here on are guesses. */
export const VAGUE = 3;

/**
 * How well a heading names a field, 0 best; undefined if not at all.
 *
 * @param isLog - Whether the table is a log, where a loss of no further name is that of training.
 */
export function rankOf(field: FieldName, { text, words }: Heading, isLog = false): number | undefined {
  // The ends of what a W&B chart drew as one point.
  if (/__M(?:IN|AX)$/.test(text)) return undefined;
  if (field === 'loss') return lossRank(words, isLog);
  const joined = words.join(' ');
  // A logger counts its calls under this name, a trainer its steps under others.
  if (field === 'step' && /^(?:train |trainer )?steps?$/.test(joined)) return 2;
  if (text === field) return 0;
  const count = COUNTS[field];
  if (!count) return NAMES[field]!.test(joined) ? 1 : undefined;
  const { base, beside, vague } = count;
  const kept = words.filter((word) => !GROUP.test(word));
  const isOne = (own: readonly string[]): boolean =>
    own.some((word) => base.test(word)) && own.every((word) => base.test(word) || beside.test(word));
  // GFLOPs alone are a rate more often than not.
  const isRate = field === 'C' && kept.length === 1 && /^.+flops?$/.test(kept[0]!) && !text.match(/[([]/);
  if (isOne(kept) && !isRate) return kept.length === 1 ? 1 : 2;
  return vague.test(joined) ? VAGUE : undefined;
}

/** Whether a heading looks as if it meant a count that it does not name. */
export function looksLike(field: FieldName, { text, words }: Heading): boolean {
  const joined = words.join(' ');
  if (new RegExp(`^${field}(?:[_ ]|\\d+$)`).test(text)) return true;
  if (field === 'loss') return METRIC.test(joined) || /\b(?:error|score|acc)/.test(joined);
  return (COUNTS[field]?.like.test(joined) ?? NAMES[field]?.test(joined) ?? false) && !NO_TOTAL.test(joined);
}

/** A column of counts in a scale that its last word names: `params_M`, `tokens_in_billions`. */
export function withoutTail(heading: Heading): Heading {
  const { words, scale } = heading;
  const found = words.length > 1 && scale === undefined ? scaleNamed(words.at(-1)!) : undefined;
  if (typeof found !== 'number' || /flop|\d/.test(words.at(-1)!)) return heading;
  return { ...heading, words: words.slice(0, words.at(-2) === 'in' ? -2 : -1), scale: found };
}

const METRIC =
  /\b(?:loss|losses|ce|xent|nll|cross ?entropy|perf|ppl|perplexity|bpb|bpc|bpt|bits per (?:byte|char|character|token)|nats)\b/;
/** Losses, and numbers about losses, that are no loss of a language model. */
const NO_LOSS =
  /\b(?:z|aux|auxiliary|router|balance|balancing|mtp|grad|norm|scale|scaler|std|stdev|stderr|sem|err|error|ci|lower|upper|delta|diff|gap|baseline|time|rate|sec|word|weight|byte (?:ppl|perplexity)|predicted|pred|fit|fitted|max|kl|reward|count|ratio)\b/;
const NEUTRAL =
  /^(?:last|end|avg|average|mean|lm|smooth|smoothed|ema|macro|micro|best|min|minimum|total|overall|log|per|token|byte|char|character|bits|nats)$/;
/** Sets on which language models are evaluated: their names alone head columns of losses. */
const SETS = /\b(?:paloma|c4|pile|wikitext|dolma|lambada)\b/;

const PLAIN = 1;
/** Ranks from here on are of the training text, where the heading says so or, in a log, where it says nothing. */
export const isTrainingLoss = ({ words }: Heading, isLog: boolean): boolean =>
  words.some((word) => TRAINING.test(word)) ||
  (isLog && !words.some((word) => HELD_OUT.test(word)) && lossRank(words, isLog) === 4);

function lossRank(words: readonly string[], isLog: boolean): number | undefined {
  const joined = words.join(' ');
  if (NO_LOSS.test(joined)) return undefined;
  if (!METRIC.test(joined)) return SETS.test(joined) ? 7 : undefined;
  if (words.some((word) => TRAINING.test(word))) return 5;
  const rest = words.filter(
    (word) => ![METRIC, NEUTRAL, GROUP, HELD_OUT, /^(?:cross|entropy)$/].some((one) => one.test(word)),
  );
  const isHeldOut = words.some((word) => HELD_OUT.test(word));
  if (rest.length === 0) return isHeldOut ? 0 : isLog ? 4 : joined === 'loss' ? PLAIN : 2;
  return isHeldOut && isLog ? 1 : 3;
}

/** The unit that the words of a heading say: `val_bpb`, `byte_perplexity`, `eval/ppl`. */
function lossUnitOf(words: readonly string[]): GivenLossUnit | undefined {
  const joined = words.join(' ');
  if (/\blog (?:ppl|perplexity)\b|\bnats?\b/.test(joined)) return 'nats';
  const named = /\bbits per \w+\b|\b(?:bpb|bpc|bpt|bits|ppl|perplexity)\b/.exec(joined)?.[0];
  return named === undefined ? undefined : lossUnitNamed(named);
}
