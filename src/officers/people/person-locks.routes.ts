import type { Context } from 'koa';
import { LOCK_GROUNDS, type LockGround, type UnlockWay } from '../../accounts/lock-ground.policy.ts';
import { lockAccount } from '../../accounts/lock-account.ts';
import { unlockAtCounter } from '../../accounts/unlock-at-counter.ts';
import { field } from '../../http/form.ts';
import { page, type FieldError } from '../../http/page.ts';
import type { Route } from '../../http/route.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { parseDocumentNumber } from '../document-number.ts';
import { actorOf } from '../officer.ts';
import { seeOther } from '../sign-in/officer-cookie.routes.ts';
import { currentOfficer, officerMay } from '../sign-in/officer-guard.routes.ts';
import type { PersonRecord } from './look-at-person.ts';
import { openRecord, personOf, personPage } from './people.routes.ts';
import type { LockPersonModel, UnlockPersonModel } from './people.views.ts';
import type { SearchDeps } from './search-people.ts';

const PERSON = '/console/people/:person';
const UNPROCESSABLE = 422;
const CONFLICT = 409;
/** How the holder told the officer. */
const TOLD = ['in_person', 'by_phone'] as const;
const REFERENCE = /^[\p{L}\d][\p{L}\d./-]{2,39}$/u;

const atCounter = (ground: LockGround): boolean =>
  (LOCK_GROUNDS[ground].endedBy as readonly UnlockWay[]).includes('counter');

/** Locking because the holder asks for it, and unlocking whoever stands at the counter and proves who they are. */
export function personLocksRoutes(deps: SearchDeps): readonly Route[] {
  const nameOf = ({ facts }: PersonRecord) => ({
    personId: facts.subject,
    fullName: facts.personal.reveal().fullName,
  });

  async function askLock(ctx: Context, values: LockPersonModel['values'], errors?: FieldError[]): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const model = { ...nameOf(opened), values, ...(errors && { errors }) };
    page(ctx, 'console/people/lock', model, errors ? UNPROCESSABLE : 200);
  }

  async function lock(ctx: Context): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const values = { told: field(ctx, 'told'), document: field(ctx, 'document') };
    const told = TOLD.find((one) => one === values.told);
    const document = parseDocumentNumber(values.document);
    if (!told) return askLock(ctx, values, [{ code: 'lock_told_missing', field: 'told' }]);
    // In person the holder signs form TK03; on the telephone the lock comes first and the paper later.
    if (values.document === '' && told === 'in_person')
      return askLock(ctx, values, [{ code: 'document_missing', field: 'document' }]);
    if (values.document !== '' && document === undefined)
      return askLock(ctx, values, [{ code: 'document_malformed', field: 'document' }]);
    const actor = actorOf(currentOfficer(ctx));
    await lockAccount(deps, personOf(ctx), {
      ground: 'self_request',
      actor,
      ...(document !== undefined && { document }),
    });
    seeOther(ctx, personPage(personOf(ctx), 'locked'));
  }

  async function askUnlock(
    ctx: Context,
    values: UnlockPersonModel['values'],
    errors?: readonly FieldError[],
    status = UNPROCESSABLE,
  ): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const grounds = [...new Set(opened.facts.grounds)];
    const model = {
      ...nameOf(opened),
      grounds: grounds.filter(atCounter),
      others: grounds.filter((ground) => !atCounter(ground)),
      values,
      ...(errors && { errors }),
    };
    page(ctx, 'console/people/unlock', model, errors ? status : 200);
  }

  async function unlock(ctx: Context): Promise<void> {
    const opened = await openRecord(deps, ctx);
    if (!opened) return;
    const values = {
      ground: field(ctx, 'ground'),
      document: field(ctx, 'document'),
      face_match: field(ctx, 'face_match'),
    };
    const ground = opened.facts.grounds.find((one) => one === values.ground);
    const formNumber = parseDocumentNumber(values.document);
    const isMatched = REFERENCE.test(values.face_match);
    const isSeen = field(ctx, 'card_seen') === 'on';
    const errors: FieldError[] = [
      ...(ground ? [] : [{ code: 'unlock_ground_missing', field: 'ground' }]),
      ...(isSeen ? [] : [{ code: 'unlock_card_not_seen', field: 'card_seen' }]),
      ...(isMatched ? [] : [{ code: 'unlock_face_missing', field: 'face_match' }]),
      ...(formNumber ? [] : [{ code: 'document_missing', field: 'document' }]),
    ];
    if (!ground || !formNumber || errors.length > 0) return askUnlock(ctx, values, errors);
    const { officerId, officeId } = currentOfficer(ctx);
    const checks = new Sealed({ formNumber, cardSeen: true as const, faceMatch: values.face_match });
    const outcome = await unlockAtCounter(deps, opened.facts.subject, { ground, officerId, officeId, checks });
    switch (outcome.kind) {
      case 'ended':
        return seeOther(ctx, personPage(opened.facts.subject, outcome.isOpen ? 'unlocked' : 'still_locked'));
      case 'not_this_way':
      case 'never_ends':
        return askUnlock(ctx, values, [{ code: 'unlock_not_here', field: 'ground' }], CONFLICT);
      case 'not_open':
      case 'no_account':
        return seeOther(ctx, personPage(opened.facts.subject));
      default:
        return unreachable(outcome);
    }
  }

  const mayLock = officerMay('lock_on_request_of_holder');
  const mayUnlock = officerMay('unlock_at_counter');
  const unlockFields = ['ground', 'document', 'face_match', 'card_seen'];
  return [
    {
      method: 'GET',
      path: `${PERSON}/lock`,
      guard: mayLock,
      handle: (ctx) => askLock(ctx, { told: '', document: '' }),
    },
    { method: 'POST', path: `${PERSON}/lock`, guard: mayLock, fields: ['told', 'document'], handle: lock },
    {
      method: 'GET',
      path: `${PERSON}/unlock`,
      guard: mayUnlock,
      handle: (ctx) => askUnlock(ctx, { ground: '', document: '', face_match: '' }),
    },
    { method: 'POST', path: `${PERSON}/unlock`, guard: mayUnlock, fields: unlockFields, handle: unlock },
  ];
}
