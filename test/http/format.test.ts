import { formatDay, formatIsoDate, formatPhone, formatTime, groupDigits, groupSecret } from '../../src/http/format.ts';

const justAfterMidnightInHanoi = new Date('2026-08-13T17:05:00Z');

test('moments are told in Hà Nội time', () => {
  expect(formatDay('vi', justAfterMidnightInHanoi)).toBe('14/08/2026');
  expect(formatDay('en', justAfterMidnightInHanoi)).toBe('14 August 2026');
  expect(formatTime(justAfterMidnightInHanoi)).toBe('00:05');
});

test('a birth date of which only the year is known stays a year', () => {
  expect(formatIsoDate('vi', '1990-08-14')).toBe('14/08/1990');
  expect(formatIsoDate('vi', '1947')).toBe('1947');
});

test('numbers are grouped for reading', () => {
  expect(groupDigits('079203001234')).toBe('079 203 001 234');
  expect(formatPhone('+84912345678')).toBe('0912 345 678');
  expect(formatPhone('+14155550100')).toBe('+14155550100');
  expect(groupSecret('JBSWY3DPEHPK3PXP')).toBe('JBSW Y3DP EHPK 3PXP');
});
