import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { EVENT_KINDS } from '../../src/audit/event-kinds.ts';
import { LOCALES } from '../../src/http/locale.ts';
import { loadTexts } from '../../src/http/texts.ts';
import { LEFT_OUT, SHOWN_KINDS } from '../../src/self-service/history.ts';

/** Kinds whose first word is the authenticator's: see src/authenticators/events.ts. */
const COUNTED = ['password', 'sms_code', 'totp'].flatMap((by) => [`${by}.accepted`, `${by}.rejected`]);

const historyTexts = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(`views/locales/${locale}/self-service.json`, 'utf8')).history_event;

function writtenKinds(): string[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const found = files.flatMap((file) =>
    [...readFileSync(path.join('src', file), 'utf8').matchAll(/\bkind: '([a-z_]+\.[a-z_]+)'/g)].map(
      ([, kind]) => kind!,
    ),
  );
  return [...new Set([...found, ...COUNTED])].sort();
}

test('the table of kinds has every kind that the program writes, and no other', () => {
  expect(Object.keys(EVENT_KINDS).sort()).toEqual(writtenKinds());
});

test.each(Object.entries(EVENT_KINDS))(
  '%s has a sentence for the auditor, and for the holder or a reason why not',
  (kind, about) => {
    const texts = loadTexts('views/locales');
    const isShown = SHOWN_KINDS.includes(kind);
    for (const locale of LOCALES) {
      expect(texts(locale, `console.audit.event.${kind}`)).toBeTruthy();
      if (isShown) expect(historyTexts(locale)[kind.replace('.', '_')]).toBeTruthy();
    }
    expect([isShown, Object.hasOwn(LEFT_OUT, kind)]).toEqual(
      about === 'account' ? [isShown, !isShown] : [false, false],
    );
  },
);
