/** `scaling-laws/downstream`: from a loss to the accuracy on a task. */

export { type Downstream, downstream, type FittedLink, fitLink, type LinkKind } from './fit/downstream.ts';
