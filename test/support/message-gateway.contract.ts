import { describe, expect, test } from '@jest/globals';
import type { Message, MessageGateway } from '../../src/delivery/message.ts';
import { Sealed } from '../../src/kernel/sealed.ts';

/** How the other side behaves from now on. */
export type Fault = 'slow' | 'refusing' | 'resetting' | 'nonsense';

export interface Delivered {
  readonly to: string;
  readonly text: string;
}

/** One gateway and what is on its other end. */
export interface GatewayUnderTest {
  readonly gateway: MessageGateway;
  readonly channel: Message['channel'];
  /** The gateway's own deadline; a failing send must be over soon after. Milliseconds. */
  readonly deadlineMs: number;
  /** What arrived on the other side, oldest first, the recipient without a leading `+`. */
  delivered(): Promise<readonly Delivered[]>;
  /** Absent where nothing outside can fail. */
  readonly breakDown?: (fault: Fault) => void;
  readonly repair?: () => void;
}

const TEXT = 'Mã của Quý vị là 246810. Đừng đưa mã này cho ai, kể cả người tự xưng là cán bộ. Ngữ cảnh: ƯỚC nguyện.';
const TO = { sms: '+84987654321', email: 'nguoi.dan@example.vn' };

export const messageFor = (channel: Message['channel'], text = TEXT, to = TO[channel]): Message => ({
  channel,
  to: new Sealed(to),
  subject: 'Mã xác nhận',
  text: new Sealed(text),
});

/** What every gateway owes its callers, be it real or the sandbox's outbox. */
export function messageGatewayContract(name: string, under: () => GatewayUnderTest): void {
  describe(`${name} keeps the contract of a gateway`, () => {
    const digits = (to: string): string => to.replace(/^\+/, '');
    const arrived = async (text: string): Promise<readonly Delivered[]> =>
      (await under().delivered()).filter((message) => message.text === text);

    test('a message arrives once, whole, with its marks', async () => {
      const { gateway, channel } = under();
      const before = (await under().delivered()).length;
      expect(await gateway.send(messageFor(channel))).toEqual({ kind: 'accepted' });
      const now = await under().delivered();
      expect(now).toHaveLength(before + 1);
      expect(now.at(-1)).toEqual({ to: digits(TO[channel]), text: TEXT });
    });

    test('thirty at once all arrive, each with its own text', async () => {
      const { gateway, channel } = under();
      const texts = Array.from({ length: 30 }, (_, i) => `Tin thứ ${i} gửi cùng lúc`);
      const outcomes = await Promise.all(texts.map((text) => gateway.send(messageFor(channel, text))));
      expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
      for (const text of texts) expect(await arrived(text)).toHaveLength(1);
    });

    test.each(['', 'x', '+84', '+84987654321,+84900000000', 'a@b.vn, c@d.vn', 'a@b.vn\r\nBcc: c@d.vn', '+8498765432a'])(
      'a recipient such as %j is refused and nothing leaves',
      async (to) => {
        const { gateway, channel } = under();
        const before = (await under().delivered()).length;
        expect((await gateway.send(messageFor(channel, TEXT, to))).kind).toBe('failed');
        expect(await under().delivered()).toHaveLength(before);
      },
    );

    test('a text full of another syntax arrives as text', async () => {
      const { gateway, channel } = under();
      const text = 'Cổng "A" {secret.key} {to} & <b>1</b> \\ %0d%0a ${x} \'; --';
      expect(await gateway.send(messageFor(channel, text))).toEqual({ kind: 'accepted' });
      expect(await arrived(text)).toHaveLength(1);
    });

    test.each<Fault>(['slow', 'refusing', 'resetting', 'nonsense'])(
      'when the other side is %s the send fails in time, without a word about the person, and works again later',
      async (fault) => {
        const { gateway, channel, deadlineMs, breakDown, repair } = under();
        if (breakDown === undefined || repair === undefined) return;
        breakDown(fault);
        const started = performance.now();
        const outcome = await gateway.send(messageFor(channel));
        expect(performance.now() - started).toBeLessThan(deadlineMs + 1_000);
        expect(outcome).toEqual({ kind: 'failed', reason: expect.stringMatching(/^[a-z_]+$/) });
        repair();
        expect(await gateway.send(messageFor(channel, `Sau khi ${fault}`))).toEqual({ kind: 'accepted' });
      },
    );
  });
}
