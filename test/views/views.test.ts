import { LOCALES } from '../../src/http/locale.ts';
import { renderExample } from '../support/render-views.ts';
import { examples, LONG, SHORT } from '../support/view-models.ts';

const cases = LOCALES.flatMap((locale) =>
  examples().map((example, i) => ({ locale, i, name: `${example.view} ${example.state} ${locale}` })),
);

test.each(cases)('$name renders with the longest and the shortest values', ({ i, locale }) => {
  for (const value of [LONG, SHORT]) {
    const html = renderExample(examples(value, value)[i]!, locale);
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).not.toMatch(/undefined|\[object|NaN|null|\{\{|<%/);
  }
});
