import { loadAssets } from '../../src/http/assets.ts';
import { type EdgeServer, startEdgeServer } from '../support/edge-server.ts';

const assets = loadAssets(['views/assets'], { 'brand.css': ':root{--accent:#000}' });
let server: EdgeServer;
beforeAll(async () => {
  server = await startEdgeServer(assets.routes);
});
afterAll(() => server.stop());

const get = (path: string, encoding: string): Promise<Response> =>
  fetch(new URL(path, server.issuer), { headers: { 'accept-encoding': encoding } });

test('a file is served for ever under the address of its content', async () => {
  const response = await get(assets.url('style.css'), 'identity');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await response.text()).toContain('--accent');
});

test.each(['br', 'gzip'])('it is packed beforehand: %s', async (encoding) => {
  const response = await get(assets.url('style.css'), encoding);
  expect(response.headers.get('content-encoding')).toBe(encoding);
  expect(response.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
  expect(await response.text()).toContain('--accent');
});

test.each(['/assets/style.css', '/assets/style.AAAAAAAAAAAA.css'])('%s is not there', async (path) => {
  expect((await get(path, 'identity')).status).toBe(404);
});

test('the content decides the address', () => {
  const other = loadAssets(['views/assets'], { 'brand.css': ':root{--accent:#111}' });
  expect(other.url('style.css')).toBe(assets.url('style.css'));
  expect(other.url('brand.css')).not.toBe(assets.url('brand.css'));
  expect(() => assets.url('nothing.css')).toThrow('nothing.css');
  expect(() => loadAssets(['views/assets'], { 'style.css': '' })).toThrow('two assets');
});
