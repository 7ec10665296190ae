import { existsSync, readFileSync } from 'node:fs';
import type { SecretSource } from '../delivery/delivery-config.ts';

/** Where the secrets of the gateways come from: the environment, or a file as container platforms mount them. */
export const secretSource: SecretSource = {
  env: (name) => process.env[name],
  file: (name) => (existsSync(name) ? readFileSync(name, 'utf8') : undefined),
};
