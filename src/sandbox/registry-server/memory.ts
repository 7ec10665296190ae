import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Happening } from '../nation/happening.ts';
import type { LiveNation, Told } from '../nation/live-nation.ts';

const Line = z.object({ occurred_at: z.iso.datetime(), happening: Happening });

/** Makes everything happen again that the file remembers, in order, so that cursors stay good over a restart. */
export function recall(file: string, nation: LiveNation): void {
  if (!existsSync(file)) return;
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { happening, occurred_at } = Line.parse(JSON.parse(line));
    nation.apply(happening, occurred_at);
  }
}

/** Adds one happening to the file (JSON lines), readable by its owner alone. */
export const remember = (file: string, { happening, occurredAt }: Told): void =>
  appendFileSync(file, `${JSON.stringify({ occurred_at: occurredAt, happening })}\n`, { mode: 0o600 });
