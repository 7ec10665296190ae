import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { mayChangeDay, parseDay } from '../../../src/officers/holidays/holiday-change.policy.ts';
import { officerOf, startConsole } from '../console.ts';

const world = await startConsole(); // 2 November 2026, 10:00 in Hà Nội
const admin = officerOf('security_administrator');
const holiday = (day: string, changes: Record<string, string> = {}) => {
  const [year = '', month = '', date = ''] = day.split('-');
  const words = { name_vi: 'Nghỉ bù', name_en: 'In lieu', source: 'Thông báo 1/TB', kind: 'off' };
  return { holiday_day: date, holiday_month: month, holiday_year: year, ...words, ...changes };
};

test('a day is written, changed and taken out, each with its event', async () => {
  const browser = await world.signIn(admin);
  await browser.get('/console/holidays');
  expect((await browser.post('/console/holidays', holiday('2026-12-07'))).location).toBe('/console/holidays?done=set');
  expect((await browser.post('/console/holidays', holiday('2026-12-07', { name_vi: 'Nghỉ lễ' }))).status).toBe(303);
  const { rows } = await world.db.query(`SELECT kind, name_vi, changed_by FROM holiday WHERE day = '2026-12-07'`);
  expect(rows).toEqual([{ kind: 'off', name_vi: 'Nghỉ lễ', changed_by: `officer:${admin.officerId}` }]);
  expect((await browser.get('/console/holidays')).body).toContain('07/12/2026');
  expect((await browser.post('/console/holidays/remove', { day: '2026-12-07' })).status).toBe(303);
  expect((await world.db.query(`SELECT 1 FROM holiday WHERE day = '2026-12-07'`)).rows).toEqual([]);
  expect(await world.events('holiday.set')).toHaveLength(2);
  expect(await world.events('holiday.removed')).toEqual([
    { actor: `officer:${admin.officerId}`, data: { day: '2026-12-07' } },
  ]);
});

test.each([
  ['today', holiday('2026-11-02')],
  ['long ago', holiday('2026-01-01')],
  ['a day that is not', holiday('2027-02-29')],
  ['a weekday worked in exchange', holiday('2026-12-07', { kind: 'worked' })],
  ['neither off nor worked', holiday('2026-12-07', { kind: 'maybe' })],
  ['no ground', holiday('2026-12-07', { source: '' })],
])('refused: %s', async (_, fields) => {
  const browser = await world.signIn(admin);
  await browser.get('/console/holidays');
  const answer = await browser.post('/console/holidays', fields);
  expect([answer.status, answer.step]).toEqual([422, 'console-holidays']);
});

test('a day that has come is not taken out', async () => {
  const browser = await world.signIn(admin);
  await browser.get('/console/holidays');
  expect((await browser.post('/console/holidays/remove', { day: '2026-09-02' })).status).toBe(422);
  expect((await browser.post('/console/holidays/remove', { day: "1' OR" })).status).toBe(422);
});

test('the day turns in Hà Nội', () => {
  expect(mayChangeDay('2026-11-03', 'off', new Date('2026-11-02T16:59:59Z')).kind).toBe('may_change');
  expect(mayChangeDay('2026-11-03', 'off', new Date('2026-11-02T17:00:00Z')).kind).toBe('past');
});

test('every day of the calendar is read back, and nothing else', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }), (at) => {
      const [year = '', month = '', day = ''] = at.toISOString().slice(0, 10).split('-');
      expect(parseDay(String(Number(day)), month, year)).toBe(`${year}-${month}-${day}`);
    }),
  );
  for (const bad of [
    ['31', '4', '2026'],
    ['0', '1', '2026'],
    ['1', '13', '2026'],
    ['1', '1', '1999'],
    ['', '', ''],
  ]) {
    expect(parseDay(bad[0]!, bad[1]!, bad[2]!)).toBeUndefined();
  }
});
