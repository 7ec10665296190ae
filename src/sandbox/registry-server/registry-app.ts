import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import Koa from 'koa';
import { z } from 'zod';
import type { Clock } from '../../kernel/clock.ts';
import type { Sealed } from '../../kernel/sealed.ts';
import { Happening } from '../nation/happening.ts';
import type { LiveNation, Told } from '../nation/live-nation.ts';
import { changeAnswer, organisationAnswer, personAnswer, sequenceOf } from './answers.ts';
import { Conditions } from './conditions.ts';

export interface RegistryDeps {
  readonly nation: LiveNation;
  readonly clock: Clock;
  readonly token: Sealed<string>;
  /** Told of each happening once it happened, to remember it. */
  readonly remember: (told: Told) => void;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}
const ok = (body: object): Answer => ({ status: 200, body });
const refused = (status: number, error: string): Answer => ({ status, body: { error } });

const FindPerson = z.strictObject({ national_id: z.string().regex(/^\d{12}$/) });
const FindOrganisation = z.strictObject({ tax_number: z.string().regex(/^\d{10}(-\d{3})?$/) });
const FindDependants = z.strictObject({ guardian: z.string().regex(/^\d{12}$/) });
const Changes = z.strictObject({ after: z.string().optional(), limit: z.int().min(1).max(1000).default(100) });

/** The operations by path, each from a body to an answer. Those under /sandbox exist in no real registry. */
function operations(
  { nation, clock, remember }: RegistryDeps,
  conditions: { now: Conditions },
): Record<string, (body: unknown) => Answer> {
  const today = (): string => clock.now().toISOString().slice(0, 10);
  return {
    '/v1/persons/find': (body: unknown): Answer => {
      const citizen = nation.find(FindPerson.parse(body).national_id);
      return ok({ person: citizen ? personAnswer(citizen, today()) : null });
    },
    '/v1/persons/dependants': (body: unknown): Answer => {
      const persons = nation.dependantsOf(FindDependants.parse(body).guardian);
      return ok({ persons: persons.map((citizen) => personAnswer(citizen, today())) });
    },
    '/v1/organisations/find': (body: unknown): Answer => {
      const organisation = nation.findOrganisation(FindOrganisation.parse(body).tax_number);
      return ok({ organisation: organisation ? organisationAnswer(organisation) : null });
    },
    '/v1/changes': (body: unknown): Answer => {
      const { after, limit } = Changes.parse(body);
      const sequence = sequenceOf(after);
      if (sequence === undefined) return refused(400, 'unknown_cursor');
      const told = nation.toldAfter(Math.max(0, sequence - conditions.now.repeats), limit);
      return ok({ changes: told.map((one) => changeAnswer(one, today())) });
    },
    '/sandbox/happenings': (body: unknown): Answer => {
      const told = nation.apply(Happening.parse(body), clock.now().toISOString());
      if (!told) return refused(409, 'cannot_happen');
      remember(told);
      return ok({ change: changeAnswer(told, today()) });
    },
    '/sandbox/conditions': (body: unknown): Answer => {
      conditions.now = Conditions.parse(body);
      return ok(conditions.now);
    },
  };
}

const BODY_BYTES = 64 * 1024;

/** The JSON body of a request; undefined when it is too large or not JSON. */
async function readJson(request: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The registry as a koa application. All operations are POST with JSON both ways: 401 without the token, 404 for another
 * path, 405 for another method, 400 for a body that is not as agreed.
 */
export function createRegistryApp(deps: RegistryDeps): Koa {
  const conditions = { now: Conditions.parse({}) };
  const table = operations(deps, conditions);
  const expected = digest(`Bearer ${deps.token.reveal()}`);

  async function answerTo(ctx: Koa.Context): Promise<Answer> {
    if (!timingSafeEqual(digest(ctx.get('authorization')), expected)) return refused(401, 'unauthorized');
    const operation = Object.hasOwn(table, ctx.path) ? table[ctx.path] : undefined;
    if (!operation) return refused(404, 'no_such_operation');
    if (ctx.method !== 'POST') return refused(405, 'method_not_allowed');
    if (ctx.path.startsWith('/v1/')) {
      await pause(conditions.now.delay_ms);
      if (conditions.now.failing) return refused(503, 'unavailable');
    }
    const body = await readJson(ctx.req);
    try {
      return operation(body);
    } catch (error) {
      if (error instanceof z.ZodError) return refused(400, 'malformed_request');
      throw error;
    }
  }

  return new Koa().use(async (ctx) => {
    const { status, body } = await answerTo(ctx);
    ctx.status = status;
    ctx.set('cache-control', 'no-store');
    ctx.body = body;
  });
}
