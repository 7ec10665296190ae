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
