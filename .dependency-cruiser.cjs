// The house, top floor first. An import may only go down.
const FLOORS = [
  ['main', 'compose', 'config', 'cli'],
  ['sign-in', 'self-service', 'officers', 'integrators', 'sandbox'], // doors: where people come in
  ['provider'], // the OpenID Connect surface; owns oidc-provider
  ['authenticators', 'portals'],
  ['accounts'],
  ['assurance', 'registry', 'audit', 'delivery'],
  ['http', 'storage'], // tools that know no domain word
  ['kernel'],
];
const on = (names) => `^src/(${names.join('|')})(/|\\.ts$)`;

const goDown = FLOORS.slice(1).map((floor, i) => ({
  name: `down-only-${floor[0]}`,
  severity: 'error',
  from: { path: on(floor) },
  to: { path: on(FLOORS.slice(0, i + 1).flat()) },
}));
const neighboursApart = FLOORS.slice(1).map((floor) => ({
  name: `neighbours-apart-${floor[0]}`,
  severity: 'error',
  from: { path: on(floor) },
  to: { path: on(floor), pathNot: '^src/$1/' },
}));
const only = (name, who, what) => ({
  name,
  severity: 'error',
  from: { path: '^src/', pathNot: who },
  to: { path: what },
});

module.exports = {
  forbidden: [
    ...goDown,
    ...neighboursApart,
    {
      name: 'stores-stay-home',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '\\.store\\.ts$', pathNot: '^src/$1/' },
    },
    {
      name: 'policies-touch-nothing',
      severity: 'error',
      comment: 'a policy may import other policies and pure domain vocabulary, never a store, a use-case or a package',
      from: { path: '^src/.*\\.policy\\.ts$' },
      to: {
        pathNot: '(\\.policy|^src/kernel/[^/]+|^src/assurance/[^/]+|^src/portals/claim)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'policies-touch-nothing-even-by-type',
      severity: 'error',
      from: { path: '^src/.*\\.policy\\.ts$' },
      to: { path: '(\\.store\\.ts$|^src/(storage|http)/|node_modules)' },
    },
    only('sql-only-in-stores', '(^src/storage/|\\.store\\.ts$)', 'node_modules/(@types/)?(pg|ioredis)/'),
    only(
      'http-only-at-the-edge',
      '(^src/http/|^src/provider/|\\.routes\\.ts$|^src/compose\\.ts$|^src/main\\.ts$|^src/sandbox/)',
      'node_modules/(@types/)?koa/',
    ),
    only('oidc-provider-only-in-provider', '^src/provider/', 'node_modules/(@types/)?oidc-provider/'),
    only('webauthn-only-in-webauthn', '^src/authenticators/webauthn/', 'node_modules/@simplewebauthn/'),
    only('otplib-only-in-otp', '^src/authenticators/otp/', 'node_modules/@?otplib/'),
    {
      name: 'demo-portals-know-only-the-protocol',
      severity: 'error',
      from: { path: '^src/sandbox/demo-portals/' },
      to: { path: '^src/', pathNot: '^src/sandbox/demo-portals/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-tests-in-src', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|bench)/' } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // TypeScript 7 has no API for it yet; swc shows imports of types as well
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.d.ts'],
    },
  },
};
