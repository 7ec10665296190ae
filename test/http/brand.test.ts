import { parseMark } from '../../src/http/brand-mark.ts';
import { createBrand, DEFAULT_ACCENT } from '../../src/http/brand.ts';

test('the accent has a lighter sister for the dark ground', () => {
  expect(createBrand('Danh Tính').accent).toEqual({ light: DEFAULT_ACCENT, dark: '#67c1bd' });
});

test.each(['#0b5a57', '#8c2f1b', '#1a237e', '#000000'])('%s is accepted', (accent) => {
  expect(createBrand('a', accent).accent.light).toBe(accent);
});

test.each(['#ffcc00', '#8cbdb9', 'red', '#0b5a5', '#0b5a57;}'])('%s is refused', (accent) => {
  expect(() => createBrand('a', accent)).toThrow();
});

test('a mark is a drawing and nothing else', () => {
  const drawing =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><use href="#a"/><circle id="a" r="4"/></svg>';
  expect(parseMark(`<?xml version="1.0"?>\n${drawing}\n`)).toContain(drawing);
});

test.each([
  '<html></html>',
  '',
  '<svg><script>1</script></svg>',
  '<svg onload="x()"></svg>',
  '<svg><image href="https://elsewhere.example/a.png"/></svg>',
  '<svg><style>@import "//elsewhere"</style></svg>',
  '<svg><rect fill="url(//elsewhere)"/></svg>',
  '<svg><foreignObject/></svg>',
  `<svg><desc>${'a'.repeat(10_240)}</desc></svg>`,
])('%.40s is no mark', (text) => {
  expect(() => parseMark(text)).toThrow();
});
