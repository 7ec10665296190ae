import { epochSeconds } from '../kernel/clock.ts';
import { nextStep, type Step } from './next-step.policy.ts';
import type { Visit } from './visit.ts';

/** The step this visit stands at. */
export const stepOf = (visit: Visit, now: Date): Step =>
  nextStep({
    signIn: visit.signIn,
    sessionProofs: visit.sessionProofs,
    wanted: visit.interaction.wanted,
    nowSeconds: epochSeconds(now),
  });
