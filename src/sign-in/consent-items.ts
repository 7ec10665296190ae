import type { Personal } from '../accounts/account.ts';
import { CLAIMS, type ClaimName } from '../portals/claim.ts';
import type { Portal } from '../portals/portal.ts';
import { personClaims, type ClaimValue } from '../provider/sign-on/person-claims.ts';
import type { ConsentItem } from './sign-in.views.ts';

const KINDS: Partial<Record<ClaimName, ConsentItem['kind']>> = {
  birthdate: 'date',
  national_id: 'number',
  phone_number: 'phone',
  gender: 'word',
};

/** What the person is asked about, each with the very value the portal would get; what the account lacks is not asked. */
export function consentItems(portal: Portal, asked: readonly string[], person: Personal): ConsentItem[] {
  const names = portal.claims.map((claim) => claim.name).filter((name) => asked.includes(name));
  const values = personClaims(person, names);
  return names.flatMap((claim): ConsentItem[] => {
    const value = values[claim];
    if (value === undefined) return [];
    return [
      {
        claim,
        value: readable(value),
        kind: KINDS[claim] ?? 'text',
        sensitive: CLAIMS[claim].sensitive,
        required: portal.claims.some((row) => row.name === claim && row.required),
      },
    ];
  });
}

const readable = (value: ClaimValue): string =>
  typeof value === 'object' ? (value['formatted'] ?? '') : String(value);
