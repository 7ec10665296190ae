import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from '@jest/globals';

const root = process.cwd();

/** What the import rule says of a small house with this one file in it beside two of storage. */
function judge(file: string, text: string): string {
  const house = mkdtempSync(path.join(tmpdir(), 'eid-imports-'));
  for (const folder of ['src/storage', path.join('src', path.dirname(file))]) {
    mkdirSync(path.join(house, folder), { recursive: true });
  }
  cpSync(path.join(root, '.dependency-cruiser.cjs'), path.join(house, '.dependency-cruiser.cjs'));
  writeFileSync(path.join(house, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    path.join(house, 'src/storage/postgres.ts'),
    'export type Database = string;\nexport const open = 1;\n',
  );
  writeFileSync(path.join(house, 'src', file), text);
  const depcruise = path.join(root, 'node_modules/.bin/depcruise');
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [depcruise, 'src', '--config', '.dependency-cruiser.cjs', '-T', 'err'],
    { cwd: house, encoding: 'utf8' },
  );
  rmSync(house, { recursive: true });
  return `exit ${status} ${stdout}${stderr}`;
}

test.each([
  ['a value', "import { open } from '../storage/postgres.ts';\nexport const x = open;"],
  ['a type', "import type { Database } from '../storage/postgres.ts';\nexport type X = Database;"],
  ['a type among values', "import { type Database } from '../storage/postgres.ts';\nexport type X = Database;"],
  ['a type passed on', "export type { Database } from '../storage/postgres.ts';"],
  ['a module loaded later', "export const load = () => import('../storage/postgres.ts');"],
])('the kernel may not look up at storage: %s', (_what, text) => {
  const said = judge('kernel/planted.ts', text);
  expect(said).toContain('error down-only-kernel: src/kernel/planted.ts');
  expect(said).not.toMatch(/^exit 0/);
});

test('a policy may not name even a type of storage', () => {
  const said = judge(
    'accounts/planted.policy.ts',
    "import type { Database } from '../storage/postgres.ts';\nexport type X = Database;",
  );
  expect(said).toContain('policies-touch-nothing-even-by-type');
});

test('downwards is allowed', () => {
  const said = judge('accounts/planted.ts', "import { open } from '../storage/postgres.ts';\nexport const x = open;");
  expect(said).toMatch(/^exit 0/);
  expect(said).not.toContain('missing-tsc-transpiler');
});
