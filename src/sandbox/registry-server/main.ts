import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { systemClock } from '../../kernel/clock.ts';
import { Sealed } from '../../kernel/sealed.ts';
import { drawOrganisations } from '../nation/draw-organisations.ts';
import { liveNation } from '../nation/live-nation.ts';
import { createNation, DEFAULT_PEOPLE, DEFAULT_SEED, MOST_PEOPLE } from '../nation/nation.ts';
import { TEST_ORGANISATIONS } from '../organisations.ts';
import { FIXED_CITIZENS, FIXED_PEOPLE } from '../people.ts';
import { recall, remember } from './memory.ts';
import { createRegistryApp } from './registry-app.ts';

/** The environment of the registry process. */
const Settings = z.object({
  /** 0 for any free port. */
  REGISTRY_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  REGISTRY_HOST: z.string().default('127.0.0.1'),
  REGISTRY_TOKEN: z.string().min(16),
  REGISTRY_PEOPLE: z.coerce.number().int().min(FIXED_CITIZENS.length).max(MOST_PEOPLE).default(DEFAULT_PEOPLE),
  REGISTRY_SEED: z.coerce.number().int().default(DEFAULT_SEED),
  /** Where happenings are remembered over a restart; absent: nowhere. */
  REGISTRY_MEMORY: z.string().optional(),
});

const settings = Settings.parse(process.env);
const { REGISTRY_MEMORY: memory } = settings;
const { REGISTRY_PEOPLE: people, REGISTRY_SEED: seed } = settings;
const drawn = createNation({ people, seed, fixed: FIXED_PEOPLE });
const nation = liveNation(drawn, drawOrganisations(drawn, seed, TEST_ORGANISATIONS));
if (memory !== undefined) recall(memory, nation);

const app = createRegistryApp({
  nation,
  clock: systemClock,
  token: new Sealed(settings.REGISTRY_TOKEN),
  remember: (told) => memory !== undefined && remember(memory, told),
});
const server = app.listen(settings.REGISTRY_PORT, settings.REGISTRY_HOST, () => {
  process.send?.({ kind: 'ready', port: (server.address() as AddressInfo).port });
});
process.once('disconnect', () => process.exit(0));
process.once('SIGTERM', () => process.exit(0));
