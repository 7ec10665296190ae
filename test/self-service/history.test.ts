import { expect, test } from '@jest/globals';
import type { SubjectId } from '../../src/kernel/ids.ts';
import { caseViewed, citizenLookedUp } from '../../src/officers/cases/events.ts';
import type { CaseId } from '../../src/officers/cases/enrolment-case.ts';
import type { OfficeId, OfficerId } from '../../src/officers/officer.ts';
import { historyDays } from '../../src/self-service/history.ts';
import { renderer } from '../support/render-views.ts';

const office = {
  officeId: 'cau-giay' as OfficeId,
  tier: 'commune',
  name: { vi: 'Công an phường Cầu Giấy', en: 'Cầu Giấy Ward Police' },
} as const;
const by = { officerId: '3f0b9f5e-7d1c-4a55-9a3e-1b2c3d4e5f60' as OfficerId, officeId: office.officeId };
const one = { caseId: 'c' as CaseId, caseNumber: 123, subject: 's' as SubjectId };

test('the holder reads which office looked at the record, and why, and never who the officer is', () => {
  const at = new Date('2026-11-02T03:00:00Z');
  const events = [caseViewed(by, one, office), citizenLookedUp(by, office, 'k' as never, 'found', one.subject)];
  const days = historyDays(
    events.map(({ kind, actor = '', data = {} }) => ({ kind, at, actor, data })),
    () => undefined,
  );
  const said = (locale: 'vi' | 'en') =>
    renderer.render('self-service/history', { days }, { locale, path: '/account/history', csrfToken: 'x' });
  expect(said('en')).toContain(
    'An officer of Cầu Giấy Ward Police looked at your case, because case HS 000 123 is being handled.',
  );
  expect(said('en')).toContain(
    'An officer of Cầu Giấy Ward Police looked up your details, because you asked at the counter.',
  );
  expect(said('vi')).toContain(
    'Cán bộ của Công an phường Cầu Giấy đã xem hồ sơ của quý vị, vì đang giải quyết hồ sơ số HS 000 123.',
  );
  expect(said('vi')).not.toContain(by.officerId);
});
