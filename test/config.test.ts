import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { loadDatabaseUrl, loadKeysDir } from '../src/config/command-settings.ts';
import { loadSandboxPlan } from '../src/config/sandbox-plan.ts';
import { loadConfig } from '../src/config.ts';
import { OperatorError } from '../src/kernel/operator-error.ts';

const keys = mkdtempSync(path.join(tmpdir(), 'eid-keys-'));
for (const name of ['data.json', 'signing.json', 'provider.json']) writeFileSync(path.join(keys, name), '{}');

const whole = {
  DATABASE_URL: 'postgres://eid:secret@db/eid',
  REDIS_URL: 'redis://:secret@cache:6379',
  EID_KEYS_DIR: keys,
  EID_REGISTRY_URL: 'https://registry.example',
  EID_REGISTRY_TOKEN: 'a-long-enough-token',
  EID_DELIVERY_FILE: '/etc/eid/delivery.json',
};
const complaint = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(OperatorError);
    return (error as Error).message;
  }
  return '';
};

test('a whole environment gives a frozen configuration with sealed secrets', () => {
  const config = loadConfig({ ...whole, NODE_ENV: 'production', EID_ISSUER: 'https://id.example.vn/' });
  expect(config).toMatchObject({
    production: true,
    issuer: 'https://id.example.vn',
    listen: { host: '::', port: 3000 },
  });
  expect(config.databaseUrl.reveal()).toBe(whole.DATABASE_URL);
  expect(JSON.stringify(config)).not.toContain('secret');
  expect(config.sandbox).toBeUndefined();
  expect(Object.isFrozen(config)).toBe(true);
});

test('production names everything wrong at once', () => {
  const said = complaint({
    NODE_ENV: 'production',
    EID_SANDBOX: 'true',
    EID_ISSUER: 'http://id.example.vn',
    DATABASE_URL: '',
    EID_KEYS_DIR: '/nowhere',
    EID_PORT: 'many',
    EID_LOCKOUT: '5',
  });
  for (const name of [
    'EID_SANDBOX must not',
    'EID_ISSUER must start with https',
    'DATABASE_URL is missing',
    'REDIS_URL is missing',
    'EID_REGISTRY_URL is missing',
    'EID_REGISTRY_TOKEN is missing',
    'no data.json and no signing.json and no provider.json',
    'EID_PORT must be a port',
    'EID_LOCKOUT is not a name we know',
  ]) {
    expect(said).toContain(name);
  }
});

test.each([
  ['DATABASE_URL', '', 'DATABASE_URL is missing'],
  ['DATABASE_URL', '   ', 'DATABASE_URL is missing'],
  ['DATABASE_URL', 'mysql://db', 'DATABASE_URL must be an address'],
  ['REDIS_URL', 'cache:6379', 'REDIS_URL must be an address'],
  ['EID_ISSUER', 'https://id.example.vn/path', 'EID_ISSUER must be an origin'],
  ['EID_ISSUER', 'https://id.example.vn?x=1', 'EID_ISSUER must be an origin'],
  ['EID_ISSUER', 'https://user@id.example.vn', 'EID_ISSUER must be an origin'],
  ['EID_ISSUER', 'http://127.0.0.1:3000', 'EID_ISSUER must have a host name'],
  ['EID_ISSUER', 'http://[::1]:3000', 'EID_ISSUER must have a host name'],
  ['EID_PORT', '0', 'EID_PORT must be a port'],
  ['EID_PORT', '65536', 'EID_PORT must be a port'],
  ['EID_SANDBOX', 'yes', 'EID_SANDBOX must be true or false'],
  ['EID_SANDBOX_PEOPLE', '1000001', 'EID_SANDBOX_PEOPLE must be a whole number'],
  ['EID_REGISTRY_TOKEN', 'short', 'EID_REGISTRY_TOKEN must have'],
  ['EID_BRAND_ACCENT', '#ffee00', 'EID_BRAND_ACCENT: the accent #ffee00 has a contrast'],
  ['EID_BRAND_ACCENT', 'teal', 'EID_BRAND_ACCENT must be a colour'],
  ['EID_BRAND_MARK', '/nowhere/mark.svg', 'EID_BRAND_MARK: there is no file /nowhere/mark.svg'],
  ['EID_BRAND_MARK', import.meta.filename, 'EID_BRAND_MARK: is not an SVG drawing'],
  ['EID_LOG_LEVEL', 'loud', 'EID_LOG_LEVEL must be'],
  ['EID_ISSUR', 'https://id.example.vn', 'EID_ISSUR is not a name we know'],
])('%s=%s is refused', (name, value, expected) => {
  const said = complaint({ ...whole, [name]: value });
  expect(said).toContain(expected);
  expect(said.split('\n')).toHaveLength(2);
});

test('a complaint never repeats a secret', () => {
  const said = complaint({ ...whole, DATABASE_URL: 'mysql://eid:hunter2@db', EID_REGISTRY_TOKEN: 'hunter2' });
  expect(said).not.toContain('hunter2');
});

test('a secret may stand in a file, but not in both places', () => {
  const file = path.join(keys, 'database-url');
  writeFileSync(file, 'postgres://file/eid\n');
  const { DATABASE_URL, ...rest } = whole;
  expect(loadConfig({ ...rest, DATABASE_URL_FILE: file }).databaseUrl.reveal()).toBe('postgres://file/eid');
  expect(complaint({ ...rest, DATABASE_URL, DATABASE_URL_FILE: file })).toContain('both set');
  expect(complaint({ ...rest, DATABASE_URL_FILE: '/nowhere' })).toContain('DATABASE_URL_FILE cannot be read');
});

test('an http issuer is refused in production only, and never on localhost', () => {
  expect(complaint({ ...whole, EID_ISSUER: 'http://id.example.vn' })).toBe('');
  expect(complaint({ ...whole, NODE_ENV: 'production', EID_ISSUER: 'http://localhost:3000' })).toBe('');
  expect(complaint({ ...whole, NODE_ENV: 'production', EID_ISSUER: 'http://localhost.example.vn' })).toContain('https');
});

test('a command that needs one setting asks for that one', () => {
  expect(loadDatabaseUrl({ DATABASE_URL: 'postgres://db/eid' }).reveal()).toBe('postgres://db/eid');
  expect(() => loadDatabaseUrl({ DATABASE_URL: '' })).toThrow('DATABASE_URL is missing');
  expect(loadKeysDir({ EID_KEYS_DIR: '/srv/keys' })).toBe('/srv/keys');
});

test('the sandbox plans for itself, on real servers if told, and never in production', () => {
  expect(loadSandboxPlan({ EID_PORT: '3100', EID_SANDBOX_PORTAL_PORT: '4101' })).toMatchObject({
    issuer: 'http://localhost:3100',
    people: 10_000,
    portalPorts: [4101, 4102, 4103],
  });
  expect(loadSandboxPlan({ DATABASE_URL: '' }).databaseUrl).toBeUndefined();
  expect(loadSandboxPlan(whole).databaseUrl).toBe(whole.DATABASE_URL);
  expect(() => loadSandboxPlan({ NODE_ENV: 'production', EID_PORT: 'x' })).toThrow(/EID_PORT[^]*production/);
});
