/** Account level, Decree 69/2024 art. 7: how well the identity was proven when the account was opened. */
export const ACCOUNT_LEVELS = ['01', '02'] as const;
export type AccountLevel = (typeof ACCOUNT_LEVELS)[number];

/** The `acr` values of the national portal's contract, weak to strong. What each demands: achieved-level.policy.ts. */
export const ACR_VALUES = ['LoA1', 'LoA2', 'LoA3'] as const;
export type Acr = (typeof ACR_VALUES)[number];

/** Whether `held` is at least `wanted`. */
export const isAtLeast = (held: Acr, wanted: Acr): boolean => ACR_VALUES.indexOf(held) >= ACR_VALUES.indexOf(wanted);

/** The stronger of two. */
export const strongest = (a: Acr, b: Acr): Acr => (isAtLeast(a, b) ? a : b);

/** The known value of a text from the wire; anything else is undefined. */
export const parseAcr = (text: unknown): Acr | undefined => ACR_VALUES.find((acr) => acr === text);
