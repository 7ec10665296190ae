const HANOI_AHEAD_MS = 7 * 60 * 60 * 1000;

/** The day in Hà Nội (UTC+7, no daylight saving), ISO 8601. */
export const dayInHanoi = (at: Date): string => new Date(at.getTime() + HANOI_AHEAD_MS).toISOString().slice(0, 10);
