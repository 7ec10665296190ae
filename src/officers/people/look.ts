/** Why an officer looks at a record. The person concerned reads it: texts `look_reason.<reason>`. */
export const LOOK_REASONS = [
  'holder_at_counter',
  'holder_calls',
  'case',
  'authority_request',
  'correction',
  'fraud',
] as const;
export type LookReason = (typeof LOOK_REASONS)[number];

/** These name what they rest on. */
const WITH_DOCUMENT: readonly LookReason[] = ['case', 'authority_request'];
export const needsDocument = (reason: LookReason): boolean => WITH_DOCUMENT.includes(reason);

/** A look that was given its reason. */
export interface Look {
  readonly reason: LookReason;
  /** Number of the case or letter. */
  readonly document?: string;
}
