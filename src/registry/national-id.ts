import type { Brand } from '../kernel/brand.ts';
import { Sealed } from '../kernel/sealed.ts';

/** Personal identification number (số định danh cá nhân), Law 26/2023 art. 12: 12 digits, sealed. */
export type NationalId = Brand<Sealed<string>, 'NationalId'>;

/**
 * The one door through which typed text becomes a NationalId: 12 ASCII digits in any grouping by blanks, dots or hyphens.
 * There is no check digit, and the place code is opaque: births abroad carry 101-295 and 000 (Circular 59/2021, Annex II).
 */
export function parseNationalId(text: string): NationalId | undefined {
  const digits = text.normalize('NFKC').replace(/[\s.-]/g, '');
  return /^[0-9]{12}$/.test(digits) ? (new Sealed(digits) as NationalId) : undefined;
}

/** Grouped for reading: `079 203 001 234`. */
export const formatNationalId = (id: NationalId): string => id.reveal().replace(/(\d{3})(?=\d)/g, '$1 ');

/** The middle hidden, for showing back to whoever typed it: `079 ••• ••• 234`. */
export const maskNationalId = (id: NationalId): string => `${id.reveal().slice(0, 3)} ••• ••• ${id.reveal().slice(-3)}`;
