import { Sealed } from '../kernel/sealed.ts';

/** A code as typed or pasted, in any grouping, to six ASCII digits; undefined for anything else, which is then no try. */
export function parseCode(text: string): Sealed<string> | undefined {
  const digits = text.normalize('NFKC').replace(/[\s.-]/g, '');
  return /^[0-9]{6}$/.test(digits) ? new Sealed(digits) : undefined;
}
