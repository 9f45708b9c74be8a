/** `scaling-laws/levenberg-marquardt`: the engine over ml-levenberg-marquardt, loaded by those who ask for it. */

export { levenbergMarquardt } from './fit/levenberg-marquardt-engine.ts';
