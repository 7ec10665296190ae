import { record } from '../audit/record.ts';
import { parseNationalId, type NationalId } from '../registry/national-id.ts';
import type { PhoneNumber } from '../registry/phone-number.ts';
import type { PopulationRegistry, RegistryAnswer } from '../registry/population-registry.ts';
import { enqueueJob } from '../storage/jobs/enqueue-job.ts';
import { inTransaction } from '../storage/postgres.ts';
import { tellOfPhoneJob } from './account-jobs.ts';
import { phoneHashes } from './account-identifier.ts';
import { sealPersonal } from './account-facts.ts';
import { lockRow, selectFactsByPhone, updatePersonal, updatePhoneEnded } from './account.store.ts';
import type { ChangeAccountDeps } from './change-account.ts';
import { phoneClaimed } from './events.ts';
import { lockAccountIn } from './lock-account.ts';
import { mayClaimPhone, type PhoneClaimDecision } from './phone-claim.policy.ts';

export interface ClaimPhoneDeps extends ChangeAccountDeps {
  readonly registry: Pick<PopulationRegistry, 'findPerson'>;
}

export interface PhoneClaim {
  readonly phone: PhoneNumber;
  readonly claimant: NationalId;
  /** Whether the claimant answered with a code sent to the phone. */
  readonly isProven: boolean;
  /** Who asks for it, for the audit: the claimant's door, or an officer. */
  readonly actor: string;
}

/** `free`: it serves nobody, or the claimant already. `unavailable`: the registry did not answer; nothing has changed. */
export type ClaimPhoneOutcome = PhoneClaimDecision | { readonly kind: 'free' } | { readonly kind: 'unavailable' };

/**
 * Takes the phone from the account of somebody else for its true owner: that account is locked until its holder has named
 * another phone, and is told by mail, since the phone is not theirs. Nothing of the claimant is changed.
 */
export async function claimPhone(deps: ClaimPhoneDeps, claim: PhoneClaim): Promise<ClaimPhoneOutcome> {
  const hashes = phoneHashes(deps.keyring, claim.phone.reveal());
  const holder = await selectFactsByPhone(deps.db, deps.keyring, hashes);
  const holdersNumber = holder && parseNationalId(holder.personal.reveal().nationalId);
  if (!holdersNumber || holdersNumber.reveal() === claim.claimant.reveal()) return { kind: 'free' };
  const [ofClaimant, ofHolder] = await Promise.all([
    deps.registry.findPerson(claim.claimant),
    deps.registry.findPerson(holdersNumber),
  ]);
  const [isClaimants, isHolders] = [hasPhone(ofClaimant, claim.phone), hasPhone(ofHolder, claim.phone)];
  if (isClaimants === undefined || isHolders === undefined) return { kind: 'unavailable' };
  const decision = mayClaimPhone({ isClaimants, isHolders, isProven: claim.isProven });
  if (decision.kind !== 'claimed') return decision;

  return inTransaction(deps.db, async (sql) => {
    await lockRow(sql, holder.subject);
    const now = await selectFactsByPhone(sql, deps.keyring, hashes);
    if (now?.subject !== holder.subject) return { kind: 'free' };
    const at = deps.clock.now();
    const { phone: _, ...rest } = now.personal.reveal();
    await updatePhoneEnded(sql, now.subject, at);
    await updatePersonal(sql, now.subject, sealPersonal(deps.keyring, now.subject, rest));
    await record(sql, phoneClaimed(now.subject, claim.actor), at);
    // Decree 69/2024 names no ground of its own: a phone that is not one's own breaks the terms.
    await lockAccountIn(sql, deps, now.subject, { ground: 'terms_breach', actor: claim.actor });
    await enqueueJob(sql, tellOfPhoneJob(now.subject));
    return { kind: 'claimed' };
  });
}

function hasPhone(answer: RegistryAnswer<{ readonly phone?: string }>, phone: PhoneNumber): boolean | undefined {
  if (answer.kind === 'unavailable') return undefined;
  return answer.kind === 'found' && answer.value.phone === phone.reveal();
}
