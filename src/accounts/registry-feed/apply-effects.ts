import type { SubjectId } from '../../kernel/ids.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import type { Person } from '../../registry/population-registry.ts';
import type { Sql } from '../../storage/postgres.ts';
import type { ChangeAccountDeps } from '../change-account.ts';
import { endLockIn } from '../end-lock.ts';
import { lockAccountIn } from '../lock-account.ts';
import { changeGuardian } from './change-guardian.ts';
import { correctRecord } from './correct-record.ts';
import { REGISTRY_ACTOR } from './events.ts';
import type { RecordEffect } from './record-effects.policy.ts';
import { reestablishNumber } from './reestablish-number.ts';

type EffectDeps = Pick<ChangeAccountDeps, 'keyring' | 'clock'>;

/** Does one after another, through the use-cases that any door uses; what holds already is left alone. Caller's transaction. */
export async function applyEffects(
  sql: Sql,
  deps: EffectDeps,
  subject: SubjectId,
  person: Person,
  effects: readonly RecordEffect[],
): Promise<void> {
  for (const effect of effects) await applyEffect(sql, deps, subject, person, effect);
}

async function applyEffect(
  sql: Sql,
  deps: EffectDeps,
  subject: SubjectId,
  person: Person,
  effect: RecordEffect,
): Promise<void> {
  switch (effect.kind) {
    case 'lock':
      await lockAccountIn(sql, deps, subject, { ground: effect.ground, actor: REGISTRY_ACTOR });
      return;
    case 'end_lock':
      await endLockIn(sql, deps, subject, { ground: effect.ground, way: 'registry', actor: REGISTRY_ACTOR });
      return;
    case 'correct_record':
      return correctRecord(sql, deps, subject, person);
    case 'reestablish_number':
      return reestablishNumber(sql, deps, subject, person);
    case 'change_guardian':
      return changeGuardian(sql, deps, subject, person);
    default:
      return unreachable(effect);
  }
}
