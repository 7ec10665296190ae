import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { GENERATED } from './pages.ts';

test.each(Object.keys(GENERATED))('%s says what the program does: npm run docs:generate', (file) => {
  expect(readFileSync(file, 'utf8')).toBe(GENERATED[file]?.());
});
