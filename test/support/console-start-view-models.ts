import { everyDay, everyHour } from '../../src/officers/start/figures.ts';
import { figuresModel } from '../../src/officers/start/start-page.ts';
import { example, type Example } from './example.ts';

const HOUR_MS = 3_600_000;

/** The start page with much to show, with nothing at all, and as an office sees it. */
export function startExamples(): Example[] {
  const tasks = ['cases', 'people', 'officers'].map((name) => ({ name, href: `/console/${name}` }));
  const countedAtMs = Date.parse('2026-08-14T07:05:00Z');
  const firstDay = new Date('2026-07-31T17:00:00Z');
  const firstHour = new Date('2026-08-13T08:00:00Z');
  const none = { countedAtMs, accounts: [], activations: everyDay(firstDay, new Map()) };
  const busy = {
    countedAtMs,
    accounts: [
      { state: 'active', level: '01', accounts: 8_204_117, locked: 18_204 },
      { state: 'active', level: '02', accounts: 52_340_981, locked: 40_115 },
      { state: 'active', accounts: 210_334, locked: 12 },
      { state: 'granted', level: '02', accounts: 120_450, locked: 0 },
      { state: 'activation_overdue', level: '02', accounts: 9_120, locked: 0 },
      { state: 'ended', level: '02', accounts: 1_004, locked: 1_004 },
    ] as const,
    activations: everyDay(
      firstDay,
      new Map(Array.from({ length: 14 }, (_, i) => [`2026-08-${String(i + 1).padStart(2, '0')}`, (i * 7919) % 20_011])),
    ),
    signIns: everyHour(
      firstHour,
      Array.from({ length: 24 }, (_, i) => ({
        atMs: firstHour.getTime() + i * HOUR_MS,
        completed: Math.round(900_000 * (1.1 + Math.sin((i - 9) / 4))),
        failed: 40_000 + ((i * 7919) % 90_000),
      })),
    ),
  };
  const { signIns: _, ...office } = busy;
  return [
    example('console/start/start', 'busy', {
      tasks,
      alerts: [{ name: 'unusual', count: 3, href: '/console/audit' }],
      figures: { ...figuresModel(busy), feedLagMinutes: 3 },
      applications: { open: 412, overdue: 3, dueSoon: 20 },
    }),
    example('console/start/start', 'office', {
      tasks,
      alerts: [],
      figures: figuresModel(office),
      applications: { open: 1, overdue: 0, dueSoon: 0 },
    }),
    example('console/start/start', 'empty', {
      tasks: [],
      alerts: [],
      figures: {
        ...figuresModel({ ...none, signIns: everyHour(firstHour, []) }),
        feedLagMinutes: 'unknown',
      },
    }),
  ];
}
