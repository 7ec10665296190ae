import { z } from 'zod';
import { OperatorError } from '../kernel/operator-error.ts';
import { Sealed } from '../kernel/sealed.ts';
import { type Json, placeholdersOf } from './fill-template.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);
const MESSAGE_WORDS = ['to', 'to_digits', 'to_local', 'text'];
const WRONG_WORDS = 'may name only {to}, {to_digits}, {to_local}, {text} and {secret.<name>} of its own secrets';

const timeoutMs = z.int().min(100).max(30_000).default(5_000);
const name = z.string().regex(/^[\w.-]{1,40}$/);
/** Where a secret is read from; the secret itself never stands in this file. */
const SecretRef = z.union([z.strictObject({ file: z.string().min(1) }), z.strictObject({ env: z.string().min(1) })]);
const port = z.int().min(1).max(65_535);
const json: z.ZodType<Json> = z.json();

const HttpSms = z
  .strictObject({
    kind: z.literal('http'),
    name,
    url: z.url({ protocol: /^https?$/ }),
    method: z.enum(['POST', 'PUT']).default('POST'),
    headers: z.record(z.string().regex(/^[\w-]+$/), z.string().regex(/^[^\r\n]*$/)).default({}),
    secrets: z.record(z.string().regex(/^\w+$/), SecretRef).default({}),
    body: z.union([z.strictObject({ json }), z.strictObject({ form: z.record(z.string(), z.string()) })]),
    success: z
      .strictObject({
        status: z.array(z.int().min(200).max(299)).min(1).default([200]),
        field: z
          .strictObject({ path: z.string().min(1), equals: z.union([z.string(), z.number(), z.boolean()]) })
          .optional(),
      })
      .prefault({}),
    plain: z.boolean().default(false),
    timeoutMs,
  })
  .refine(({ url }) => secureOrLoopback(url), { error: 'url must be https unless it is loopback', path: ['url'] })
  .refine((http) => knows(http.body, [...MESSAGE_WORDS, ...secretWords(http)]), { error: WRONG_WORDS, path: ['body'] })
  .refine((http) => knows(http.headers, secretWords(http)), { error: WRONG_WORDS, path: ['headers'] });

const tlsMatters = { error: 'tls may be "none" only to loopback or with privateNetwork: true', path: ['tls'] };

const Smpp = z
  .strictObject({
    kind: z.literal('smpp'),
    name,
    host: z.string().min(1),
    port,
    tls: z.enum(['implicit', 'none']).default('implicit'),
    /** Said out loud: the line to the service centre is protected in another way (VPN, leased line). */
    privateNetwork: z.boolean().default(false),
    systemId: z.string().min(1).max(15),
    password: SecretRef,
    /** The registered brand name citizens see as the sender. */
    sender: z.string().regex(/^[\w .-]{1,11}$/),
    plain: z.boolean().default(false),
    timeoutMs,
  })
  .refine(({ tls, host, privateNetwork }) => tls !== 'none' || privateNetwork || LOOPBACK.has(host), tlsMatters);

const Smtp = z
  .strictObject({
    kind: z.literal('smtp'),
    name,
    host: z.string().min(1),
    port,
    tls: z.enum(['implicit', 'starttls', 'none']).default('starttls'),
    user: z.string().min(1).optional(),
    password: SecretRef.optional(),
    from: z.string().regex(/^[^\r\n]+$/),
    timeoutMs: timeoutMs.default(10_000),
  })
  .refine(({ tls, host }) => tls !== 'none' || LOOPBACK.has(host), { ...tlsMatters, error: 'mail needs tls' })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    error: 'user and password come together',
  });

const DeliveryFile = z.strictObject({
  sms: z.array(z.discriminatedUnion('kind', [HttpSms, Smpp])).min(1),
  email: z.array(Smtp).default([]),
});

export type HttpSmsSettings = z.infer<typeof HttpSms>;
export type SmppSettings = z.infer<typeof Smpp>;
export type SmtpSettings = z.infer<typeof Smtp>;
export type DeliverySettings = z.infer<typeof DeliveryFile>;

/** Reads a secret by its reference; undefined when there is none. */
export interface SecretSource {
  env(name: string): string | undefined;
  file(path: string): string | undefined;
}

/** The gateways as the operator's JSON describes them. Throws one OperatorError that names everything wrong with it. */
export function parseDeliverySettings(text: string): DeliverySettings {
  const parsed = DeliveryFile.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new OperatorError(`EID_DELIVERY_FILE is wrong:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
}

/** The secrets of one gateway, sealed. Throws an OperatorError that names the missing one, never its neighbours' values. */
export function readSecrets(
  refs: Readonly<Record<string, z.infer<typeof SecretRef>>>,
  gateway: string,
  source: SecretSource,
): Map<string, Sealed<string>> {
  return new Map(
    Object.entries(refs).map(([name, ref]) => {
      const value = ('file' in ref ? source.file(ref.file) : source.env(ref.env))?.trimEnd();
      if (value === undefined || value === '') {
        throw new OperatorError(`EID_DELIVERY_FILE: the secret ${name} of gateway ${gateway} is missing or empty`);
      }
      return [name, new Sealed(value)];
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OperatorError('EID_DELIVERY_FILE is not JSON');
  }
}

const secureOrLoopback = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || LOOPBACK.has(hostname);
};
const secretWords = ({ secrets }: { secrets: object }): string[] => Object.keys(secrets).map((key) => `secret.${key}`);
const knows = (template: object, words: readonly string[]): boolean =>
  placeholdersOf(template as Json).every((word) => words.includes(word));
