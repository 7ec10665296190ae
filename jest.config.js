import { availableParallelism } from 'node:os';

const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/support/start-services.ts',
  globalTeardown: '<rootDir>/test/support/stop-services.ts',
};
const all = ['<rootDir>/test/**/*.test.ts'];
const browser = '\\.browser\\.test\\.ts$';
const serverless = ['\\.policy\\.test\\.ts$', 'test/import-rule', 'test/cli/sandbox\\.test'];

/**
 * unit: everything that needs only npm. services: all but what needs no server, on those of DATABASE_URL and REDIS_URL.
 * browser: the journeys in Debian's chromium.
 */
export default {
  // a Redis database for each worker: there are fifteen
  maxWorkers: Math.min(8, 2 * availableParallelism()),
  testTimeout: 30_000,
  projects: [
    { ...common, displayName: 'unit', testMatch: all, testPathIgnorePatterns: [browser] },
    { ...common, displayName: 'services', testMatch: all, testPathIgnorePatterns: [browser, ...serverless] },
    { ...common, displayName: 'browser', testMatch: ['<rootDir>/test/**/*.browser.test.ts'] },
  ],
};
