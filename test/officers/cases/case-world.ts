import { tellOfInvitation } from '../../../src/accounts/tell-of-invitation.ts';
import { relyingPartyOf } from '../../../src/authenticators/webauthn/relying-party.ts';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { parseNationalId } from '../../../src/registry/national-id.ts';
import { parsePhoneNumber } from '../../../src/registry/phone-number.ts';
import { decideCase } from '../../../src/officers/cases/decide-case.ts';
import type { CaseId } from '../../../src/officers/cases/enrolment-case.ts';
import { submitCase, type Application } from '../../../src/officers/cases/submit-case.ts';
import type { Reach } from '../../../src/officers/officer-permissions.policy.ts';
import type { Officer } from '../../../src/officers/officer.ts';
import { admitStaff } from '../../../src/officers/staff/admit-staff.ts';
import { sandboxStaff, TEST_STAFF } from '../../../src/sandbox/officers.ts';
import { selfServiceWorld } from '../../self-service/world.ts';

/** The stores and doors of self-service, and the sandbox's officers beside them. */
export async function caseWorld() {
  const world = await selfServiceWorld();
  await admitStaff(world.deps, sandboxStaff(), 'sandbox');
  const relyingParty = relyingPartyOf(world.issuer, 'Danh Tính');
  const deps = { ...world.deps, relyingParty };

  const officer = (officerId: string): Officer => {
    const found = TEST_STAFF.officers.find((one) => one.officerId === officerId);
    if (!found) throw new Error('no such officer');
    return { ...found, authTimeSeconds: 0 } as unknown as Officer;
  };
  const named = (name: string) => officer(TEST_STAFF.officers.find((one) => one.name === name)?.officerId ?? '');
  const staff = {
    /** Counter of Cầu Giấy (Hà Nội), and of Bến Thành (Hồ Chí Minh City). */
    counter: named('Đỗ Thị Thu'),
    counterElsewhere: named('Lý Gia Hân'),
    /** Hà Nội, above Cầu Giấy; Cầu Giấy itself; and another province. */
    approver: named('Vũ Đình Khải'),
    approverOfOffice: named('Cao Thị Nhàn'),
    approverElsewhere: named('Mai Xuân Tùng'),
  };

  const application = (number: string, phone: string, more: { cardApplication?: string } = {}): Application => ({
    nationalId: parseNationalId(number)!,
    card: undefined,
    phone: parsePhoneNumber(phone)!,
    email: undefined,
    checks: new Sealed({
      faceMatch: 'FM-2026-0001',
      fingerprintMatch: 'FP-2026-0001',
      formNumber: 'TK01-0001',
      ...more,
    }),
  });
  const submit = (number: string, phone: string, by = staff.counter, more: { cardApplication?: string } = {}) =>
    submitCase(deps, by, application(number, phone, more));
  const submitted = async (number: string, phone: string, by = staff.counter): Promise<CaseId> => {
    const outcome = await submit(number, phone, by);
    if (outcome.kind !== 'submitted') throw new Error(JSON.stringify(outcome));
    return outcome.caseId;
  };
  const grant = (caseId: CaseId, by: Officer = staff.approver, reach: Reach = 'own_tree') =>
    decideCase(deps, { officer: by, reach }, caseId, { kind: 'grant' });
  const refuse = (caseId: CaseId, by: Officer = staff.approver, reach: Reach = 'own_tree') =>
    decideCase(deps, { officer: by, reach }, caseId, {
      kind: 'refuse',
      code: 'data_differs',
      reason: new Sealed('Ảnh không giống'),
    });
  /** What the job does after the commit. */
  const tell = async (number: string): Promise<void> => {
    const found = await world.accountOf(number);
    if (found) await tellOfInvitation(deps, found.subject);
  };
  /** From the counter to the message on the holder's phone. */
  const granted = async (number: string, phone: string) => {
    const caseId = await submitted(number, phone);
    const outcome = await grant(caseId);
    if (outcome.kind !== 'granted') throw new Error(JSON.stringify(outcome));
    await tell(number);
    return caseId;
  };
  const kinds = async () => {
    const { rows } = await world.db.query<{ kind: string }>('SELECT kind FROM audit_event ORDER BY occurred_at, kind');
    return rows.map(({ kind }) => kind);
  };
  return { ...world, deps, staff, submit, submitted, grant, refuse, tell, granted, kinds };
}
