import { expect, test } from '@jest/globals';
import { Sealed } from '../../../src/kernel/sealed.ts';
import { makeFirstAdministrator } from '../../../src/officers/staff/make-first-administrator.ts';
import { softDevice } from '../../authenticators/soft-device.ts';
import { optionsOf, startConsole } from '../console.ts';

const world = await startConsole({ syncedOfficerPasskeys: false });

test('outside the sandbox a passkey that is copied between devices makes no officer, and the link stays good', async () => {
  await world.db.query(`UPDATE officer SET state = 'disabled'`);
  const made = await makeFirstAdministrator(world, new Sealed({ name: 'Phan An' }), undefined, 'operator:test');
  if (made.kind !== 'made') throw new Error(made.kind);
  const path = `/console/enrol/${made.link.token.reveal()}`;
  const browser = world.browser();
  const { body } = await browser.get(path);
  // this device says of its keys that they may be copied (WebAuthn Level 3, 6.1.3: BE)
  const credential = JSON.stringify(softDevice().create(optionsOf(body), world.origin));
  const answer = await browser.post(path, { credential });
  expect([answer.status, answer.step]).toEqual([422, 'officer-enrol']);
  expect(
    (
      await world.db.query('SELECT 1 FROM officer_passkey p JOIN officer o USING (officer_id) WHERE o.state = $1', [
        'confirmed',
      ])
    ).rows,
  ).toEqual([]);
  expect((await browser.get(path)).status).toBe(200);
});
