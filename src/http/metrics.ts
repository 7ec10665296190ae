import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';

import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** `next`, with the time and status of every answer counted. */
  measure(next: RequestListener): RequestListener;
  /** Adds a value that is read when it is asked for; undefined, or a failure to read it, shows as NaN. */
  gauge(name: string, help: string, read: () => Promise<number | undefined>): void;
  /** Serves what was counted to this machine alone. Close it to stop. */
  listen(port: number): Server;
}

/** Counts of this process for Prometheus. No path is a label: paths hold interaction ids. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: 'http_answer_seconds',
    help: 'Time to the end of an answer, by method and class of status',
    labelNames: ['method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  return {
    measure: (next) => (request, response) => {
      const end = answers.startTimer();
      response.once('close', () => {
        end({ method: knownMethod(request.method), status: `${Math.trunc(response.statusCode / 100)}xx` });
      });
      next(request, response);
    },
    gauge: (name, help, read) =>
      void new Gauge({
        name,
        help,
        registers: [registry],
        async collect() {
          this.set((await read().catch(() => undefined)) ?? Number.NaN);
        },
      }),
    listen: (port) =>
      createServer((_request, response) => {
        void registry.metrics().then((text) => response.setHeader('content-type', registry.contentType).end(text));
      }).listen(port, '127.0.0.1'),
  };
}

// a stranger's invented methods must not make new series
const knownMethod = (method = ''): string => (['GET', 'HEAD', 'POST', 'OPTIONS'].includes(method) ? method : 'other');
