/**
 * Runs plans of a running OpenID Foundation conformance suite against a running sandbox, with a person in front of our pages:
 * `node test/conformance-suite/run.ts --suite https://… --provider https://… [--only module] [plan …]`. See docs/conformance.md.
 */
import { execSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { startChromium } from '../support/chromium.ts';
import { configOf, PLANS } from './plans.ts';
import { type LogEntry, type Module, type Plan, Suite } from './suite.ts';
import { type Seen, Visitor } from './visitor.ts';

const MODULE_MS = 5 * 60_000;
const POLL_MS = 400;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suite: { type: 'string', default: 'https://localhost:8443' },
    provider: { type: 'string', default: 'https://localhost:9443' },
    /** Someone of /sandbox/people.json who has a passkey, a telephone and e-mail. */
    person: { type: 'string', default: 'Lê Thuý Hoà' },
    /** The command that gives the provider a new key. */
    rotate: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const suite = new Suite(options.suite);
const say = (line: string): boolean => process.stdout.write(`${line}\n`);

const remark = ({ result, src, msg }: LogEntry): string => `${result} ${src}: ${msg ?? ''}`;

const browser = await startChromium();
for (const key of positionals.length > 0 ? positionals : Object.keys(PLANS)) await runPlan(browser, key);
await browser.close();

async function runPlan(chromium: Browser, key: string): Promise<void> {
  const toRun = PLANS[key];
  if (!toRun) throw new Error(`no such plan: ${key} (there are ${Object.keys(PLANS).join(', ')})`);
  const plan = await suite.createPlan(toRun.name, toRun.variant, await configOf(toRun, options));
  say(`\n## ${key}: ${options.suite}/plan-detail.html?plan=${plan.id}\n`);
  const counts: Record<string, number> = {};
  for (const module of plan.modules.filter(({ testModule }) => testModule.includes(options.only))) {
    const result = await runModule(chromium, plan, module);
    counts[result] = (counts[result] ?? 0) + 1;
  }
  say(`\n${Object.entries(counts).map(([result, count]) => `${count} ${result}`).join(', ')}`); // prettier-ignore
}

async function runModule(chromium: Browser, plan: Plan, module: Module): Promise<string> {
  const test = await suite.createTest(plan, module);
  const visitor = await Visitor.enter(chromium, options.provider, options.person);
  const steps: string[] = [];
  let result = 'UNFINISHED';
  let hasStarted = false;
  try {
    for (const until = Date.now() + MODULE_MS; Date.now() < until; await pause(POLL_MS)) {
      const info = await suite.info(test);
      if (info.status === 'FINISHED' || info.status === 'INTERRUPTED') {
        result = info.result ?? info.status;
        break;
      }
      if (info.status === 'CONFIGURED' && module.testModule === 'oidcc-server-rotate-keys' && !hasStarted) {
        hasStarted = true;
        await rotate();
        await suite.start(test);
      }
      if (info.status !== 'WAITING') continue;
      for (const visit of await suite.visits(test)) {
        await suite.visited(test, visit);
        const seen = await visitor.go(visit);
        steps.push(...seen.steps);
        await handIn(test, seen);
      }
    }
  } catch (error) {
    steps.push(String(error));
  } finally {
    await visitor.leave();
  }
  const remarks = (await suite.log(test)).filter((entry) => entry.result === 'FAILURE' || entry.result === 'WARNING');
  say(`| ${module.testModule} | ${result} | ${steps.join(' ')} | ${remarks.map(remark).join('; ')} | ${test}`);
  return result;
}

/** A picture for each entry that waits for one: the page as it came, or the end of a sign-out. */
async function handIn(test: string, { first, last }: Seen): Promise<void> {
  for (const { src, upload } of await suite.log(test)) {
    const picture = src === 'ExpectSuccessfulLogoutPage' ? last : first;
    if (upload !== undefined && picture) await suite.picture(test, upload, picture);
  }
}

/** Has the key changed, and waits until the provider publishes the new one. */
async function rotate(): Promise<void> {
  if (options.rotate === undefined) return;
  const keys = async (): Promise<string> => (await fetch(`${options.provider}/jwks`)).text();
  const before = await keys();
  execSync(options.rotate, { stdio: 'ignore' });
  for (let tries = 0; tries < 60 && (await keys()) === before; tries += 1) await pause(1_000);
}
