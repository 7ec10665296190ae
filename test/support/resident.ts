import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { cardStatus, type Citizen } from '../../src/sandbox/nation/citizen.ts';
import { createNation, DEFAULT_SEED } from '../../src/sandbox/nation/nation.ts';
import { FIXED_CITIZENS } from '../../src/sandbox/people.ts';
import type { SoftwarePasskey, TestAccount, TestPerson } from '../../src/sandbox/test-person.ts';

/** How many people the registry of a test house knows. */
export const NATION_SIZE = 1_000;
const BORN_BEFORE = '2000';

/** Adults of the synthetic population who hold a good card and a phone, one after another. */
export function* adults(): Generator<Citizen & { phone: string }> {
  const nation = createNation({ people: NATION_SIZE, seed: DEFAULT_SEED, fixed: FIXED_CITIZENS });
  for (let index = FIXED_CITIZENS.length; index < nation.size; index += 1) {
    const citizen = nation.citizen(index);
    const { phone, birthDate } = citizen;
    const isValid = cardStatus(citizen, new Date().toISOString().slice(0, 10)) === 'valid';
    if (phone !== undefined && birthDate.length === 10 && birthDate < BORN_BEFORE && isValid) {
      yield { ...citizen, phone };
    }
  }
}

/** Grown foreigners of it whose papers are good for a year yet, one after another. */
export function* grownForeigners(): Generator<Citizen & { phone: string }> {
  const nation = createNation({ people: NATION_SIZE, seed: DEFAULT_SEED, fixed: FIXED_CITIZENS });
  const nextYear = new Date(Date.now() + 400 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  for (let index = 0; index < nation.foreigners; index += 1) {
    const foreigner = nation.foreigner(index);
    const { phone, birthDate, stay } = foreigner;
    const last = [stay?.passport.expiresOn ?? '', stay?.residence.expiresOn ?? nextYear].toSorted()[0]!;
    if (phone !== undefined && birthDate < BORN_BEFORE && last > nextYear) yield { ...foreigner, phone };
  }
}

/** Someone of the nation, as the account they shall have. */
export interface Resident {
  readonly person: TestPerson;
  readonly subject: SubjectId;
  readonly nationalId: string;
  readonly fullName: string;
  readonly phone: string;
  readonly password: string;
  readonly passkey: SoftwarePasskey | undefined;
  /** A code of the person's app that was not used yet; two within half a minute. */
  appCode(): string;
}

export interface ResidentOptions {
  readonly level?: '01' | '02';
  readonly totp?: boolean;
  readonly passkey?: boolean;
}

/** The account of a new resident: level 02 with password, app and passkey, unless told otherwise. */
export const accountOf = (options: ResidentOptions, index: number): TestAccount & { password: string } => ({
  level: options.level ?? '02',
  state: 'active',
  password: `ngon-nui-mo-${1_000 + index}`,
  email: `cu-dan-${1_000 + index}@hop-thu.example`,
  ...(options.totp !== false && { totpSecret: base32(randomBytes(20)) }),
  ...(options.passkey !== false && { passkey: newPasskey() }),
});

/** A resident's app: each step of the clock is used once, the present one and the next. The last may be over too soon. */
export function codesOf(secret: string): () => string {
  let last = 0;
  return () => {
    const now = Math.floor(Date.now() / 30_000);
    const step = Math.max(last + 1, now);
    if (step > now + 1) throw new Error('this app has no fresh code left: use another resident');
    last = step;
    return generateSync({ secret, epoch: step * 30 });
  };
}

function newPasskey(): SoftwarePasskey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' });
  return {
    credentialId: randomBytes(32).toString('base64url'),
    userHandle: randomBytes(32).toString('base64url'),
    privateKey: { kty: 'EC', crv: 'P-256', x, y, d },
  };
}

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)])
    .join('');
}
