import { Sealed } from '../../kernel/sealed.ts';
import { parseNationalId, type NationalId } from '../../registry/national-id.ts';

/** What a card's QR code says. It is not signed: good for filling in a form, never a proof of anything. */
export interface CardText {
  /** As it stands there; the rest is compared with the registry. */
  readonly fullName: string;
  /** ISO 8601, or the year alone; absent when it is no date. */
  readonly birthDate?: string;
  readonly gender?: 'male' | 'female';
  readonly address: string;
  readonly issuedOn?: string;
}

/** What was scanned or typed at the counter. */
export type Scanned =
  | { readonly kind: 'card'; readonly nationalId: NationalId; readonly card: Sealed<CardText> }
  | { readonly kind: 'number'; readonly nationalId: NationalId }
  | { readonly kind: 'malformed' };

const FIELDS = 7;
const LENGTH = 1000;

/**
 * Reads a scanner's line or a typed number. The order of the first seven fields is that of the cards since 2021 (number, old
 * number, name, birth date, sex, residence, date of issue); cards since 2024 (Circular 16/2024/TT-BCA) have more behind
 * them, in no confirmed order, which are left alone. Fields that make no sense are absent, the number alone must be right.
 */
export function parseScanned(text: string): Scanned {
  const line = text.normalize('NFC').trim();
  if (line.length > LENGTH) return { kind: 'malformed' };
  const [number = '', ...rest] = line.split('|');
  const nationalId = parseNationalId(number);
  if (!nationalId) return { kind: 'malformed' };
  if (rest.length === 0) return { kind: 'number', nationalId };
  if (rest.length < FIELDS - 1) return { kind: 'malformed' };
  const [, fullName = '', birth = '', sex = '', address = '', issued = ''] = rest.map(tidy);
  const birthDate = isoOf(birth);
  const issuedOn = isoOf(issued);
  const gender = genderOf(sex);
  return {
    kind: 'card',
    nationalId,
    card: new Sealed({
      fullName,
      address,
      ...(birthDate && { birthDate }),
      ...(gender && { gender }),
      ...(issuedOn?.length === 10 && { issuedOn }),
    }),
  };
}

const tidy = (field: string): string => field.replace(/\s+/gu, ' ').trim();

/** `ddmmyyyy`, with zeros for a day or month that is not on record. */
function isoOf(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{2})[/.-]?(\d{2})[/.-]?(\d{4})$/.exec(text) ?? [];
  if (/^\d{4}$/.test(text) || (day === '00' && month === '00')) return year || text;
  const iso = `${year}-${month}-${day}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : undefined;
}

function genderOf(text: string): CardText['gender'] {
  const folded = text.toLocaleLowerCase('vi');
  if (folded === 'nam') return 'male';
  return folded === 'nữ' ? 'female' : undefined;
}
