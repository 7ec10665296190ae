export type TypedDate =
  { readonly kind: 'date'; readonly iso: string } | { readonly kind: 'missing' } | { readonly kind: 'malformed' };

/** The three fields of a date as typed. */
export interface DateFields {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

const FIRST_YEAR = 1900;

/**
 * A day that exists and is not after `today` (ISO 8601, Hà Nội). With `yearAlone`, empty day and month mean that only the
 * year is on record, and the answer is the year.
 */
export function parseTypedDate(typed: DateFields, today: string, yearAlone = false): TypedDate {
  const [day, month, year] = [typed.day, typed.month, typed.year].map((text) => text.normalize('NFKC').trim());
  if (!day && !month && !year) return { kind: 'missing' };
  if (!/^\d{4}$/.test(year ?? '') || Number(year) < FIRST_YEAR) return { kind: 'malformed' };
  if (yearAlone && !day && !month) return inTime(String(year), today.slice(0, 4));
  if (!/^\d{1,2}$/.test(day ?? '') || !/^\d{1,2}$/.test(month ?? '')) return { kind: 'malformed' };
  const iso = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return exists(iso) ? inTime(iso, today) : { kind: 'malformed' };
}

const inTime = (iso: string, today: string): TypedDate =>
  iso <= today ? { kind: 'date', iso } : { kind: 'malformed' };

function exists(iso: string): boolean {
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso);
}
