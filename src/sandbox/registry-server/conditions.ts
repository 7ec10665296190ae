import { z } from 'zod';

/** How badly the registry behaves: for showing and testing what its readers do then. */
export const Conditions = z.strictObject({
  /** Milliseconds before each answer. */
  delay_ms: z.int().min(0).max(60_000).default(0),
  /** Every answer is a 503. */
  failing: z.boolean().default(false),
  /** How many changes before the cursor are told again: the feed promises at-least-once, not once. */
  repeats: z.int().min(0).max(100).default(0),
});
export type Conditions = z.infer<typeof Conditions>;
