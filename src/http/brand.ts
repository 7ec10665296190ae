/** The authority's own face on the pages; nothing of any authority is built in. */
export interface Brand {
  readonly name: string;
  /** Accent on the light and on the dark ground, `#rrggbb`. */
  readonly accent: { readonly light: string; readonly dark: string };
  /** The authority's own drawing, SVG; without it the product's stands there. */
  readonly mark?: string;
}

export const DEFAULT_ACCENT = '#0b5a57';
const LIGHT_GROUND = '#f6f4ef';
const DARK_GROUND = '#1b1a18';
const LEAST_CONTRAST = 4.5; // WCAG 2.2, 1.4.3
const DARK_CONTRAST = 8;
const CALM_SATURATION = 0.42;

type Rgb = readonly [number, number, number];

/**
 * The brand from configuration. The dark theme's accent is the same hue, lightened until it can be read. Throws, naming
 * the measured contrast, when the accent cannot be read on the light ground.
 */
export function createBrand(name: string, accent: string = DEFAULT_ACCENT): Brand {
  const light = parseColour(accent);
  const measured = contrast(light, parseColour(LIGHT_GROUND));
  if (measured < LEAST_CONTRAST) {
    throw new Error(`the accent ${accent} has a contrast of ${measured.toFixed(1)} : 1 on the page; 4.5 : 1 is needed`);
  }
  return { name, accent: { light: accent, dark: format(lightened(light)) } };
}

function parseColour(text: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!found) throw new Error(`"${text}" is not a colour of the form #rrggbb`);
  return [1, 2, 3].map((i) => parseInt(found[i] ?? '', 16)) as unknown as Rgb;
}

const format = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** The same hue, calmer and as light as the dark ground needs. */
function lightened(colour: Rgb): Rgb {
  const ground = parseColour(DARK_GROUND);
  const [hue, saturation] = hueOf(colour);
  for (let lightness = 0.5; lightness < 1; lightness += 0.02) {
    const candidate = ofHue(hue, Math.min(saturation, CALM_SATURATION), lightness);
    if (contrast(candidate, ground) >= DARK_CONTRAST) return candidate;
  }
  return [255, 255, 255];
}

/** Hue in degrees and saturation from 0 to 1 (CSS Color 4, 7.1). */
function hueOf(rgb: Rgb): [number, number] {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => part / 255);
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  const light = most - span / 2;
  if (span === 0) return [0, 0];
  const turn = most === r ? (g - b) / span : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return [(turn * 60 + 360) % 360, span / (1 - Math.abs(2 * light - 1))];
}

/** CSS Color 4, 7.1: hsl() to RGB. */
function ofHue(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number): number => {
    const k = (offset + hue / 30) % 12;
    return 255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [part(0), part(8), part(4)];
}

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
function contrast(a: Rgb, b: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(rgb: Rgb): number {
  const [r = 0, g = 0, b = 0] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The brand as a style sheet and a drawing, to be served as assets: a page has no inline style. */
export const brandAssets = ({ accent, mark }: Brand): Readonly<Record<string, string>> => ({
  ...(mark !== undefined && { 'own-mark.svg': mark }),
  'brand.css': `:root{--accent:${accent.light}}@media (prefers-color-scheme:dark){:root{--accent:${accent.dark}}}`,
});
