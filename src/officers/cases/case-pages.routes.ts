import type { Context } from 'koa';
import { page, type FieldError } from '../../http/page.ts';
import { formatPhone, groupDigits } from '../../http/format.ts';
import { maskNationalId, parseNationalId } from '../../registry/national-id.ts';
import { maskPhoneNumber, parsePhoneNumber } from '../../registry/phone-number.ts';
import type { EnrolmentRefusal } from '../../accounts/enrolment-eligibility.policy.ts';
import { mayDo } from '../officer-permissions.policy.ts';
import type { Officer } from '../officer.ts';
import type { QueuedCase } from './case-queue.store.ts';
import { REFUSAL_CODES } from './case-decision.policy.ts';
import type { CaseLine, CaseModel, CaseValues } from './cases.views.ts';
import { dueIn } from './due-in.ts';
import { formatCaseNumber, phoneOfCase } from './enrolment-case.ts';
import type { LookUpOutcome } from './look-up-citizen.ts';
import type { CaseFile } from './open-case-file.ts';

/** Whether the role may see whom a case is about; an auditor sees what was done, not to whom. */
const seesPerson = ({ role }: Officer): boolean => mayDo(role, 'see_full_number', 0).kind === 'permitted';

/** One case as a line of the queue. */
export function lineOf({ one, office }: Pick<QueuedCase, 'one' | 'office'>, officer: Officer, now: Date): CaseLine {
  const { caseId, change, state, submittedAt, dueAt } = one;
  return {
    caseId,
    number: formatCaseNumber(one.caseNumber),
    ...(seesPerson(officer) && { name: one.detail.reveal().personal.fullName }),
    office,
    change,
    state,
    submittedAt,
    dueAt,
    ...(state === 'submitted' && { due: dueIn(dueAt, now) }),
  };
}

/** The form of a citizen who was found, with what was wrong with it. */
export function showNewCase(
  ctx: Context,
  found: Extract<LookUpOutcome, { kind: 'found' }>,
  form: { readonly scanned: string; readonly values: CaseValues },
  refused: { readonly errors?: readonly FieldError[]; readonly refusals?: readonly EnrolmentRefusal[] } = {},
): void {
  const { person, decision, fields } = found;
  const against = decision.kind === 'refused' ? decision.reasons : [];
  const { expiresOn } = person.card;
  const model = {
    ...form,
    nationalId: groupDigits(person.nationalId.reveal()),
    fullName: person.fullName,
    fields,
    hasCard: found.scanned,
    basis: found.basis,
    ...(person.stay && { biometricsOnRecord: person.stay.biometricsOnRecord }),
    card: { status: person.card.status, ...(expiresOn && { expiresOn }) },
    ...(decision.kind === 'eligible' && { change: decision.change }),
    withGuardian: decision.kind === 'eligible' && decision.withGuardian,
    refusals: refused.refusals ?? against,
    ...(refused.errors && { errors: refused.errors }),
  };
  page(ctx, 'console/cases/new', model, refused.errors ? 400 : refused.refusals ? 409 : 200);
}

/** The whole case. */
export function showCase(
  ctx: Context,
  file: CaseFile,
  officer: Officer,
  now: Date,
  more: Partial<CaseModel> = {},
  status = 200,
): void {
  const { one } = file;
  const { personal, guardian, checks, refusal } = one.detail.reveal();
  const reachedAt = phoneOfCase(one.detail.reveal());
  const { fullName, birthDate, gender, nationality, stay, email } = personal;
  const isOwn = one.touchedBy.includes(officer.officerId);
  const sees = seesPerson(officer);
  const number = parseNationalId(personal.nationalId);
  const phone = parsePhoneNumber(reachedAt);
  if (!number || !phone) throw new Error('a case keeps a number that is none');
  const lives =
    personal.address && `${personal.address.detail}, ${personal.address.ward}, ${personal.address.province}`;
  const decides = mayDo(officer.role, 'decide_case', 0).kind === 'permitted';
  const exports = mayDo(officer.role, 'export_evidence', 0).kind === 'permitted';
  page(
    ctx,
    'console/cases/case',
    {
      line: lineOf({ one, office: file.office }, officer, now),
      person: {
        nationalId: sees ? groupDigits(number.reveal()) : maskNationalId(number),
        fullName: sees ? fullName : '•••',
        birthDate: sees ? birthDate : '•••',
        gender,
        ...(stay && sees && { stay: { ...stay, nationality } }),
        ...(sees && lives && { address: lives }),
        phone: sees ? formatPhone(reachedAt) : maskPhoneNumber(phone),
        ...(guardian &&
          sees && { guardian: { fullName: guardian.fullName, nationalId: groupDigits(guardian.nationalId) } }),
        ...(sees && email && { email }),
      },
      checks,
      submittedBy: file.submittedBy,
      ...(one.decided && { decided: { by: file.decidedBy ?? '', at: one.decided.at } }),
      ...(refusal && { refusal }),
      refusals: [],
      may: { decide: decides && !isOwn && one.state === 'submitted', export: exports && one.state === 'granted' },
      isOwn,
      codes: REFUSAL_CODES,
      ...more,
    },
    status,
  );
}
