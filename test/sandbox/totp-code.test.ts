import { totpCode } from '../../src/sandbox/totp-code.ts';

// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('at %d s the code is %s', (nowSeconds, code) => {
  expect(totpCode(SECRET, nowSeconds)).toBe(code);
});
