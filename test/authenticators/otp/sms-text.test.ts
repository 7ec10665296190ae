import { expect, test } from '@jest/globals';
import path from 'node:path';
import { smsText } from '../../../src/authenticators/otp/sms-text.ts';
import { withoutMarks } from '../../../src/delivery/plain-text.ts';
import { segmentsOf } from '../../../src/delivery/sms-segments.ts';
import { LOCALES } from '../../../src/http/locale.ts';
import { loadTexts } from '../../../src/http/texts.ts';

const texts = loadTexts(path.resolve('views/locales'));
const request = { code: '012345', host: 'dinhdanh.gov.vn', locale: 'vi', purpose: 'sign_in' } as const;
const NAMES = [
  undefined,
  'Đất đai',
  'Cổng dịch vụ công',
  'Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp và hợp tác xã',
];

test.each(
  LOCALES.flatMap((locale) =>
    (['sign_in', 'register', 'guardian'] as const).flatMap((purpose) =>
      NAMES.map((portalName) => ({ locale, purpose, portalName })),
    ),
  ),
)('$locale $purpose $portalName: one segment, the code first, bound to the host, no link', (wanted) => {
  const text = smsText(texts, { ...request, ...wanted, dependant: 'Nguyệt' });
  expect(text.length).toBeLessThanOrEqual(70);
  expect(text.startsWith('012345 ')).toBe(true);
  expect(text.endsWith('\n@dinhdanh.gov.vn #012345')).toBe(true);
  expect(text).not.toMatch(/https?:|www\./);
  expect(segmentsOf(text, 1)).toHaveLength(1);
  expect(segmentsOf(withoutMarks(text), 1)).toMatchObject([{ dataCoding: 0 }]);
});

test('in Vietnamese, with what it is for and for whom', () => {
  expect(smsText(texts, { ...request, portalName: 'Bảo hiểm y tế' })).toBe(
    '012345 là mã đăng nhập Bảo hiểm y tế\n@dinhdanh.gov.vn #012345',
  );
});
