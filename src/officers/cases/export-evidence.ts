import type { CounterChecks } from '../../accounts/evidence.ts';
import { listEvidence } from '../../accounts/list-evidence.ts';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Keyring } from '../../storage/keyring.ts';
import type { Sql } from '../../storage/postgres.ts';
import { selectOffice } from '../office.store.ts';
import { isInReach } from '../offices-in-reach.ts';
import type { Reach } from '../officer-permissions.policy.ts';
import type { Officer } from '../officer.ts';
import { selectCase } from './enrolment-case.store.ts';
import { formatCaseNumber, type CaseId } from './enrolment-case.ts';
import { evidenceExported } from './events.ts';

/**
 * What a granted case rests on, in the form of OpenID Connect for Identity Assurance 1.0 (`verification` with its evidence),
 * so that it can be said to a portal one day. Who it is about is the account's id alone. Undefined when there is nothing in
 * reach; each export is audited.
 */
export async function exportEvidence(
  deps: { readonly db: Sql; readonly keyring: Pick<Keyring, 'sealing'>; readonly clock: Clock },
  by: { readonly officer: Officer; readonly reach: Reach },
  caseId: CaseId,
): Promise<object | undefined> {
  const one = await selectCase(deps.db, deps.keyring, caseId);
  if (!one?.subject || !(await isInReach(deps, by.officer, by.reach, one.officeId))) return undefined;
  const [evidence] = await listEvidence(deps, one.subject, caseId);
  if (!evidence) return undefined;
  const office = await selectOffice(deps.db, by.officer.officeId);
  await record(deps.db, evidenceExported(by.officer, one, office), deps.clock.now());
  const { faceMatch, fingerprintMatch, formNumber, cardApplication, differences } = evidence.checks.reveal();
  const at = one.submittedAt.toISOString();
  const check = (check_method: string, check_id?: string) => ({
    check_method,
    organization: one.officeId,
    time: at,
    ...(check_id && { check_id }),
  });
  return {
    account: one.subject,
    case: formatCaseNumber(one.caseNumber),
    verification: {
      trust_framework: 'vn_decree_69_2024',
      assurance_level: '02',
      time: evidence.recordedAt.toISOString(),
      verification_process: one.caseId,
      evidence: [
        {
          type: 'document',
          document_details: documentOf(evidence.checks.reveal()),
          // vpip: the document in person; bvp: biometrics in person
          check_details: [check('vpip'), check('bvp', faceMatch), check('bvp', fingerprintMatch)],
        },
      ],
    },
    consent_recorded: true,
    form_tk01: formNumber,
    ...(cardApplication !== undefined && { card_application: cardApplication }),
    differences,
    recorded_by: evidence.recordedBy,
    approved_by: evidence.approvedBy,
  };
}

/** What lay on the counter: a foreigner's passport, or the identity card (issued together with level 02 where there was none). */
function documentOf({ stay, cardIssuedOn }: CounterChecks): object {
  if (!stay)
    return {
      type: 'idcard',
      issuer: { country_code: 'VNM' },
      ...(cardIssuedOn && { date_of_issuance: cardIssuedOn }),
    };
  const { issuedOn, expiresOn } = stay.passport;
  return { type: 'passport', date_of_issuance: issuedOn, date_of_expiry: expiresOn };
}
