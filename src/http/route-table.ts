import type { Route } from './route.ts';
import { RequestError } from './request-error.ts';

const SEGMENT_LENGTH = 256;
// oxlint-disable-next-line no-control-regex -- a decoded segment must not smuggle separators or control characters
const UNFIT = /[\u0000-\u001f\u007f/\\]/;

export type Matched =
  | { readonly kind: 'found'; readonly route: Route; readonly params: ReadonlyMap<string, string> }
  | { readonly kind: 'other_method'; readonly allow: readonly string[] }
  | { readonly kind: 'none' };

export type RouteTable = (method: string, path: string) => Matched;

interface Pattern {
  readonly route: Route;
  readonly segments: readonly string[];
}

/** Splits every pattern once. Exact paths win over `:name` ones; the same method and path twice is a defect. */
export function compileRoutes(routes: readonly Route[]): RouteTable {
  const patterns = routes.map((route): Pattern => ({ route, segments: route.path.split('/') }));
  const keys = new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, ':')}`));
  if (keys.size !== routes.length) throw new Error('two routes share a method and a path');
  const exactFirst = patterns.toSorted((a, b) => parameterCount(a) - parameterCount(b));

  return (method, path) => {
    const asked = path.split('/');
    const candidates = exactFirst.filter(({ segments }) => fits(segments, asked));
    if (candidates.length === 0) return { kind: 'none' };
    const wanted = method === 'HEAD' ? 'GET' : method;
    const found = candidates.find(({ route }) => route.method === wanted);
    if (found === undefined) return { kind: 'other_method', allow: allowed(candidates) };
    return { kind: 'found', route: found.route, params: paramsOf(found.segments, asked) };
  };
}

const isParameter = (segment: string): boolean => segment.startsWith(':');
const parameterCount = ({ segments }: Pattern): number => segments.filter(isParameter).length;

const fits = (segments: readonly string[], asked: readonly string[]): boolean =>
  segments.length === asked.length &&
  segments.every((segment, i) => (isParameter(segment) ? asked[i] !== '' : segment === asked[i]));

const allowed = (candidates: readonly Pattern[]): string[] => [
  ...new Set(candidates.flatMap(({ route }) => (route.method === 'GET' ? ['GET', 'HEAD'] : ['POST']))),
];

function paramsOf(segments: readonly string[], asked: readonly string[]): Map<string, string> {
  const params = new Map<string, string>();
  for (const [i, segment] of segments.entries()) {
    if (isParameter(segment)) params.set(segment.slice(1), decodeSegment(asked[i] ?? ''));
  }
  return params;
}

function decodeSegment(segment: string): string {
  if (segment.length > SEGMENT_LENGTH) throw new RequestError('not_found');
  try {
    const decoded = decodeURIComponent(segment);
    if (UNFIT.test(decoded)) throw new RequestError('malformed_request');
    return decoded;
  } catch {
    throw new RequestError('malformed_request');
  }
}
