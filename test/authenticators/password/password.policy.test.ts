import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { COMMON_PASSWORDS } from '../../../src/authenticators/password/common-passwords.ts';
import { folded, judgePassword, variantsOf } from '../../../src/authenticators/password/password.policy.ts';

const OWN = ['079203001234', '+84912345678', 'Nguyễn Thị Thu Hằng', '1987-03-09'];
const verdict = (password: string, own: readonly string[] = OWN) => {
  const outcome = judgePassword(password, own, COMMON_PASSWORDS);
  return outcome.kind === 'refused' ? outcome.reason : outcome.kind;
};

describe.each([
  ['too_short', ['', '1234567', 'bảy kýt', 'a\u0301'.repeat(7)]],
  ['too_long', ['x'.repeat(129), 'mưa rào '.repeat(17)]],
  [
    'breached',
    [
      'password',
      'PassWord',
      'P@ssw0rd1',
      'matkhau123',
      'Mật khẩu 123',
      'MATKHAU!',
      'anhyeuem',
      'Anh yêu em',
      'iloveyou3',
      'Vietnam@123',
      '12345678',
      '87654321',
      'abcdefgh',
      'aaaaaaaa',
      '12121212',
      'qwertyuiop',
      '1q2w3e4r5t',
    ],
  ],
  [
    'own_data',
    [
      'x079203001234',
      '0912345678',
      'tel 0912 345 678',
      'thị hằng 1987',
      'NguyễnThịThuHằng',
      'Hang09031987',
      'nguyenthuhang!',
      'hằng-09.03.87',
      'mat ma 19870309',
    ],
  ],
  [
    'accepted',
    [
      'mưa rào tháng bảy',
      'correct horse battery',
      'Xk7#pQ2z',
      'con sông quê tôi',
      'x'.repeat(3) + 'k9w'.repeat(4) + 'z',
    ],
  ],
])('%s', (expected, passwords) => {
  test.each(passwords)('%s', (password) => {
    expect(verdict(password)).toBe(expected);
  });
});

test('128 characters are allowed however many bytes they take', () => {
  const long = Array.from({ length: 128 }, (_, i) => 'ăâđêôơưạ'[(i * i + 3 * i) % 8] ?? 'x').join('');
  expect(verdict(long)).toBe('accepted');
  expect(verdict(long.normalize('NFD'))).toBe('accepted');
});

test('composed and decomposed characters are judged alike', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 140 }), (text) => {
      expect(verdict(text.normalize('NFD'))).toBe(verdict(text.normalize('NFC')));
    }),
  );
});

test('case and marks never save a common password', () => {
  const common = [...COMMON_PASSWORDS].filter((word) => word.length >= 8);
  fc.assert(
    fc.property(fc.constantFrom(...common), fc.infiniteStream(fc.boolean()), (word, upper) => {
      const mixed = word.replace(/./g, (sign) => (upper.next().value ? sign.toUpperCase() : sign));
      expect(verdict(mixed, [])).toBe('breached');
    }),
  );
});

test('knowing more about the person never lets more pass', () => {
  const words = fc.array(fc.constantFrom(...OWN, 'Lê Văn Tám', '0000', ''), { maxLength: 6 });
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 40 }), words, words, (password, some, more) => {
      if (verdict(password, [...some, ...more]) === 'accepted') expect(verdict(password, some)).toBe('accepted');
    }),
  );
});

test('a year alone and a short name do not forbid a long password', () => {
  expect(verdict('năm 1987 trời đổ nhiều mưa')).toBe('accepted');
  expect(verdict('thu sang lá rụng đầy sân')).toBe('accepted');
});

test('variants', () => {
  expect(variantsOf('1987')).toEqual(['1987']);
  expect(variantsOf('+84912345678')).toEqual(['84912345678', '0912345678', '912345678']);
  expect(folded('Đặng Thị Ngọc Ánh')).toBe('dang thi ngoc anh');
});
