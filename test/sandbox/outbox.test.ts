import { describe, expect, test } from '@jest/globals';
import { Sealed } from '../../src/kernel/sealed.ts';
import { createOutbox } from '../../src/sandbox/outbox.ts';
import { messageGatewayContract } from '../support/message-gateway.contract.ts';

const at = new Date('2026-08-14T07:05:00Z');
const message = (to: string, text: string) => ({ channel: 'sms' as const, to: new Sealed(to), text: new Sealed(text) });

test('keeps what was sent, newest first, and finds it by receiver in any writing', async () => {
  const outbox = createOutbox({ clock: { now: () => at } });
  expect(await outbox.send(message('+84597000001', 'one'))).toEqual({ kind: 'accepted' });
  await outbox.send(message('+84597000002', 'two'));
  await outbox.send(message('+84597000001', 'three'));
  await outbox.send({ ...message('lan@hop-thu.example', 'four'), channel: 'email', subject: 'Hello' });
  expect(outbox.sent().map(({ text }) => text)).toEqual(['four', 'three', 'two', 'one']);
  for (const to of ['+84597000001', ' 84597000001', '0597000001', '0597 000 001']) {
    expect(outbox.sent(to).map(({ text }) => text)).toEqual(['three', 'one']);
  }
  expect(outbox.sent('Lan@hop-thu.example')).toEqual([
    { to: 'lan@hop-thu.example', channel: 'email', subject: 'Hello', text: 'four', at },
  ]);
  expect(outbox.sent('nobody')).toEqual([]);
});

test('forgets the oldest when it is full', async () => {
  const outbox = createOutbox({ clock: { now: () => at } }, 2);
  for (const text of ['one', 'two', 'three']) await outbox.send(message('+84597000001', text));
  expect(outbox.sent().map(({ text }) => text)).toEqual(['three', 'two']);
});

describe.each(['sms', 'email'] as const)('for %s', (channel) => {
  const outbox = createOutbox({ clock: { now: () => at } });
  messageGatewayContract('the outbox', () => ({
    gateway: outbox,
    channel,
    deadlineMs: 100,
    delivered: async () =>
      outbox
        .sent()
        .map(({ to, text }) => ({ to: to.replace(/^\+/, ''), text }))
        .toReversed(),
  }));
});
