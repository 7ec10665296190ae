import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keyedHash, keyedHashes } from '../../src/storage/keyed-hash.ts';
import { initKeyring, loadKeyring, parseKeyring, rotateKeyring } from '../../src/storage/keyring-file.ts';
import { openField, sealField } from '../../src/storage/sealed-field.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'eid-keyring-'));
  initKeyring(dir);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));
const file = () => path.join(dir, 'data.json');

test('keys are made once, readable by their owner alone', () => {
  const before = readFileSync(file(), 'utf8');
  expect(initKeyring(dir)).toEqual({ kind: 'present' });
  expect(readFileSync(file(), 'utf8')).toBe(before);
  expect(statSync(file()).mode & 0o777).toBe(0o600);
});

test('a rotation needs no downtime: whoever runs with the old file reads what the new one writes, and the other way round', () => {
  const old = loadKeyring(dir);
  const before = sealField(old, 'số', 'account:1');
  rotateKeyring(dir);
  const fresh = loadKeyring(dir);
  const after = sealField(fresh, 'số', 'account:1');
  expect([before[0], after[0]]).toEqual([1, 2]);
  expect(openField(fresh, before, 'account:1')).toBe('số');
  expect(openField(old, after, 'account:1')).toBe('số');
  const written = keyedHash(fresh, 'phone', '+84912345678');
  expect(keyedHashes(old, 'phone', '+84912345678')).toContainEqual(written);
});

test('a sealed value opens only in its own context, whole', () => {
  const keyring = loadKeyring(dir);
  const sealed = sealField(keyring, 'Nguyễn', 'account:1');
  expect(() => openField(keyring, sealed, 'account:2')).toThrow();
  for (let i = 0; i < sealed.length; i += 1) {
    const altered = Buffer.from(sealed);
    altered[i] = (altered[i] ?? 0) ^ 1;
    expect(() => openField(keyring, altered, 'account:1')).toThrow();
  }
});

test('hashes of two purposes never meet', () => {
  const keyring = loadKeyring(dir);
  expect(keyedHash(keyring, 'a', 'b').hash).not.toEqual(keyedHash(keyring, 'b', 'b').hash);
});

test('the same keys come from the environment', () => {
  const sealed = sealField(loadKeyring(dir), 'x', 'c');
  expect(openField(parseKeyring(readFileSync(file(), 'utf8'), 'EID_DATA_KEYS'), sealed, 'c')).toBe('x');
});

test.each(['', '{', '{}', '{"sealing":{"current":9,"keys":{}}}'])(
  'damaged keys %j stop the start without being repeated',
  (text) => {
    writeFileSync(file(), text);
    expect(() => loadKeyring(dir)).toThrow(/damaged/);
  },
);
