/** How many different numbers one address may try: wide enough for a commune office, too narrow for a list (login.gov). */
export const IDENTIFIER_RATE = {
  distinct: 50,
  windowSeconds: 12 * 60 * 60,
  longestSeconds: 30 * 24 * 60 * 60,
} as const;
