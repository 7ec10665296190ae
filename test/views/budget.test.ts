import { readdirSync, statSync } from 'node:fs';
import { LOCALES } from '../../src/http/locale.ts';
import { renderExample } from '../support/render-views.ts';
import { examples } from '../support/view-models.ts';

const BUDGET_BYTES = 60 * 1024;
const shared = readdirSync('views/assets').reduce((sum, file) => sum + statSync(`views/assets/${file}`).size, 0);

test('every page with its style and scripts stays under 60 KB, not even packed', () => {
  const sizes = examples().flatMap((example) =>
    LOCALES.map((locale) => ({
      page: `${example.view} ${example.state} ${locale}`,
      bytes: Buffer.byteLength(renderExample(example, locale)) + shared,
    })),
  );
  const heaviest = sizes.reduce((a, b) => (a.bytes > b.bytes ? a : b));
  process.stdout.write(`heaviest page: ${heaviest.page}, ${heaviest.bytes} bytes with style and scripts\n`);
  expect(sizes.filter(({ bytes }) => bytes > BUDGET_BYTES)).toEqual([]);
});
