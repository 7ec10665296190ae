import type { Brand } from '../kernel/brand.ts';

/** Mã số thuế of an organisation: ten digits, or a branch's thirteen, written `0101234567-001`. */
export type TaxNumber = Brand<string, 'TaxNumber'>;

/** The number in any grouping, as it is written on paper; undefined for any other text. */
export function parseTaxNumber(text: string): TaxNumber | undefined {
  const digits = text.normalize('NFKC').replace(/[\s.-]/g, '');
  if (!/^\d{10}(\d{3})?$/.test(digits)) return undefined;
  return (digits.length === 13 ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits) as TaxNumber;
}
