import { expect, test } from '@jest/globals';
import { createDelivery } from '../../src/delivery/deliver.ts';
import type { Message, MessageGateway, SendOutcome } from '../../src/delivery/message.ts';
import { createLog } from '../../src/http/log.ts';
import { messageFor } from '../support/message-gateway.contract.ts';

const accepted: SendOutcome = { kind: 'accepted' };
const failedBy = (reason: string): SendOutcome => ({ kind: 'failed', reason });

interface Scripted extends MessageGateway {
  calls: Message[];
  answer: () => Promise<SendOutcome>;
}
function scripted(name: string, answer: () => Promise<SendOutcome>): Scripted {
  const gateway: Scripted = {
    name,
    calls: [],
    answer,
    async send(message) {
      gateway.calls.push(message);
      return gateway.answer();
    },
  };
  return gateway;
}

function setUp(sms: Scripted[], options = {}) {
  const lines: string[] = [];
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const clock = { at: 1_800_000_000_000, now: () => new Date(clock.at) };
  return { delivery: createDelivery({ sms, email: [] }, { clock, log }, options), clock, lines };
}

test('the second takes over when the first fails, and the log tells who and why but not to whom', async () => {
  const first = scripted('first', async () => failedBy('timeout'));
  const second = scripted('second', async () => accepted);
  const { delivery, lines } = setUp([first, second]);
  expect(await delivery.send(messageFor('sms'))).toEqual(accepted);
  expect(JSON.parse(lines[0]!)).toMatchObject({
    event: 'message_failed',
    gateway: 'first',
    channel: 'sms',
    reason: 'timeout',
  });
  expect(lines.join('')).not.toMatch(/987654321|246810/);
});

test('a failing gateway is left in peace for its rest, then tried again', async () => {
  const first = scripted('first', async () => failedBy('unreachable'));
  const second = scripted('second', async () => accepted);
  const { delivery, clock } = setUp([first, second], { restMs: 30_000 });
  await delivery.send(messageFor('sms'));
  await delivery.send(messageFor('sms'));
  expect([first.calls.length, second.calls.length]).toEqual([1, 2]);
  first.answer = async () => accepted;
  clock.at += 30_000;
  await delivery.send(messageFor('sms'));
  expect([first.calls.length, second.calls.length]).toEqual([2, 2]);
});

test('a message the gateway refuses is no fault of the gateway', async () => {
  const first = scripted('first', async () => failedBy('refused'));
  const second = scripted('second', async () => accepted);
  const { delivery } = setUp([first, second]);
  for (let i = 0; i < 10; i += 1) await delivery.send(messageFor('sms'));
  expect([first.calls.length, second.calls.length]).toEqual([10, 10]);
});

test('a dead only gateway is given up after five failures until its rest is over', async () => {
  const only = scripted('only', async () => failedBy('timeout'));
  const { delivery, clock } = setUp([only], { restMs: 1_000 });
  const outcomes: SendOutcome[] = [];
  for (let i = 0; i < 8; i += 1) outcomes.push(await delivery.send(messageFor('sms')));
  expect(only.calls).toHaveLength(5);
  expect(outcomes.at(-1)).toEqual(failedBy('resting'));
  clock.at += 1_000;
  only.answer = async () => accepted;
  expect(await delivery.send(messageFor('sms'))).toEqual(accepted);
});

test('the whole send ends at its deadline, and no further gateway is started after it', async () => {
  const slow = scripted('slow', () => new Promise((resolve) => setTimeout(resolve, 200, failedBy('timeout'))));
  const second = scripted('second', async () => accepted);
  const { delivery } = setUp([slow, second], { totalMs: 50 });
  const started = performance.now();
  expect(await delivery.send(messageFor('sms'))).toEqual(failedBy('timeout'));
  expect(performance.now() - started).toBeLessThan(150);
  await new Promise((resolve) => {
    setTimeout(resolve, 250);
  });
  expect(second.calls).toHaveLength(0);
});

test('nothing is ever thrown', async () => {
  const throwing = scripted('throwing', async () => {
    throw new Error('sent +84987654321');
  });
  const { delivery, lines } = setUp([throwing]);
  expect(await delivery.send(messageFor('sms'))).toEqual(failedBy('defect'));
  expect(await delivery.send(messageFor('email'))).toEqual(failedBy('no_gateway'));
  expect(lines.join('')).not.toContain('987654321');
});
