import { loadAssets } from '../../src/http/assets.ts';
import { brandAssets, createBrand } from '../../src/http/brand.ts';
import type { Locale } from '../../src/http/locale.ts';
import type { Renderer } from '../../src/http/page.ts';
import { createRenderer } from '../../src/http/renderer.ts';
import type { Example } from './view-models.ts';

export const brand = createBrand('Danh Tính');
export const assets = loadAssets(['views/assets'], brandAssets(brand));
export const renderer: Renderer = createRenderer({ viewsDir: 'views', brand, assets });

/** The officer's frame, as the console's guards put it around a view. */
const CONSOLE_FRAME = {
  layout: 'layout-console',
  words: {
    officer: { name: 'Đỗ Thị Thu', role: 'counter_officer', office: { vi: 'Công an phường Cầu Giấy', en: 'Cầu Giấy' } },
    nav: ['start', 'cases', 'people', 'officers'].map((name, i) => ({ name, href: `/console/${i}`, isHere: i === 1 })),
  },
};

/** Before the sign-in there is no menu. */
export const frameOf = (view: string): typeof CONSOLE_FRAME => {
  const isOutside = /sign-in\/sign-in|staff\/enrol/.test(view);
  return isOutside ? { ...CONSOLE_FRAME, words: { nav: [] } as never } : CONSOLE_FRAME;
};

/** The whole page of an example, as a browser gets it. */
export const renderExample = ({ view, model }: Example, locale: Locale, with_ = renderer): string =>
  with_.render(view, model, {
    locale,
    path: '/interaction/1',
    csrfToken: 'csrf-token-of-this-page',
    ...(view.startsWith('console/') && { frame: frameOf(view) }),
  });
