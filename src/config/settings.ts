import path from 'node:path';

import { z } from 'zod';

import type { Name } from './environment.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((value) => value > 0 && value < 65_536, 'must be a port number');
const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => protocols.includes(URL.parse(value)?.protocol ?? ''),
      `must be an address that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);
const origin = url('http:', 'https:')
  .transform((value) => value.replace(/\/$/, ''))
  // the issuer is compared as text, and passkeys are bound to its host: one spelling only
  .refine(
    (value) => URL.parse(value)?.origin === value,
    'must be an origin such as https://id.example.vn, without a path',
  )
  // WebAuthn: the host is the RP ID, and an address cannot be one
  .refine(
    (value) => !/^[\d.]+$|^\[/.test(URL.parse(value)?.hostname ?? ''),
    'must have a host name (localhost, not 127.0.0.1)',
  );

const DEFAULT_PORT = 3000;

/** The shape of every setting, with its default. What production demands beyond it is in production.policy.ts. */
export const Settings = z.object({
  DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  MIGRATION_DATABASE_URL: url('postgres:', 'postgresql:').optional(),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  NODE_ENV: z.string().optional(),
  EID_ISSUER: origin.default(`http://localhost:${DEFAULT_PORT}`),
  EID_PORT: port.default(DEFAULT_PORT),
  EID_LISTEN_HOST: z.string().optional(),
  EID_METRICS_PORT: port.optional(),
  EID_KEYS_DIR: z
    .string()
    .default('keys')
    .transform((folder) => path.resolve(folder)),
  EID_DATA_KEYS: z.string().optional(),
  EID_SANDBOX: flag.default(false),
  EID_SANDBOX_PEOPLE: integer(100, 1_000_000).default(10_000),
  EID_SANDBOX_PORTAL_PORT: port.default(4001),
  EID_REGISTRY_URL: url('http:', 'https:').optional(),
  EID_REGISTRY_TOKEN: z.string().min(16, 'must have 16 characters or more').optional(),
  EID_REGISTRY_TIMEOUT_MS: integer(100, 30_000).default(2_000),
  EID_DELIVERY_FILE: z
    .string()
    .transform((file) => path.resolve(file))
    .optional(),
  EID_LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
    .default('info'),
  EID_TRUST_PROXY: flag.default(false),
  EID_BRAND_NAME: z.string().max(60, 'must have 60 characters or fewer').default('Danh Tính'),
  EID_BRAND_ACCENT: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0b5a57')
    .optional(),
  EID_BRAND_MARK: z
    .string()
    .transform((file) => path.resolve(file))
    .optional(),
} satisfies Record<Name, z.ZodType>);
export type Settings = z.infer<typeof Settings>;

/** What the sandbox adds to the configuration; its portals take three ports in a row. */
export const sandboxOf = (settings: Settings) => ({
  people: settings.EID_SANDBOX_PEOPLE,
  portalPorts: [0, 1, 2].map((i) => settings.EID_SANDBOX_PORTAL_PORT + i),
});
