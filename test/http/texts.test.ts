import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTexts } from '../../src/http/texts.ts';

const made: string[] = [];
afterAll(() => made.forEach((folder) => rmSync(folder, { recursive: true })));

function folderOf(files: Readonly<Record<string, object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'texts-'));
  made.push(folder);
  for (const locale of ['vi', 'en']) mkdirSync(join(folder, locale));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  return folder;
}

test('files share a top key, and each text has one owner', () => {
  const texts = loadTexts(folderOf({ 'vi/a.json': { error: { a: 'A' } }, 'vi/b.json': { error: { b: 'B' } } }));
  expect([texts('vi', 'error.a'), texts('vi', 'error.b')]).toEqual(['A', 'B']);
  const twice = folderOf({ 'vi/a.json': { error: { a: 'A' } }, 'vi/b.json': { error: { a: 'B' } } });
  expect(() => loadTexts(twice)).toThrow('"a" has two owners');
});

test('what is not there throws: the key, the language, the value', () => {
  const texts = loadTexts(folderOf({ 'vi/a.json': { a: 'mã {{code}}' } }));
  expect(texts('vi', 'a', { code: '1' })).toBe('mã 1');
  expect(() => texts('vi', 'b')).toThrow('no text for "b"');
  expect(() => texts('en', 'a', { code: '1' })).toThrow('no text for "a"');
  expect(() => texts('vi', 'a')).toThrow('a value is missing');
  expect(() => texts('vi', 'a', {})).toThrow('a value is missing');
});

test('English counts, Vietnamese does not need to', () => {
  const counted = { left_one: '{{count}} second', left_other: '{{count}} seconds' };
  const texts = loadTexts(folderOf({ 'en/a.json': counted, 'vi/a.json': { left_other: '{{count}} giây' } }));
  expect([1, 2].map((count) => texts('en', 'left', { count }))).toEqual(['1 second', '2 seconds']);
  expect(texts('vi', 'left', { count: 1 })).toBe('1 giây');
});
