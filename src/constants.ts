/** Defaults that more than one station of the route needs, each with its source. */

/**
 * Training FLOPs per parameter and token, `C = 6 N D`: two for the forward pass, four for the backward pass.
 *
 * @see Kaplan et al. (2020), arXiv:2001.08361, section 2.1; used by Hoffmann et al. (2022), arXiv:2203.15556, section 3.3.
 */
export const DEFAULT_FLOPS_PER_PARAM_TOKEN = 6;

/** Version of this package; equals package.json's (tested). Every fit records it. */
export const VERSION = '0.1.0';

/**
 * Inference FLOPs per parameter and token, `2 N` for each token read or written: the forward pass alone.
 *
 * @see Kaplan et al. (2020), arXiv:2001.08361, section 2.1; Sardana et al. (2024), arXiv:2401.00448, eq. 2.
 */
export const DEFAULT_INFERENCE_FLOPS_PER_PARAM_TOKEN = 2;
