/** The whole program as it is put together for the sandbox, as a process of its own. */
import { createServer } from 'node:http';
import { compose } from '../../../src/compose.ts';
import { loadConfig } from '../../../src/config.ts';
import { hardenServer } from '../../../src/http/harden-server.ts';
import { createLog } from '../../../src/http/log.ts';
import { systemClock } from '../../../src/kernel/clock.ts';
import { openDatabase } from '../../../src/storage/postgres.ts';
import { openCache } from '../../../src/storage/redis.ts';

const config = loadConfig();
const db = openDatabase(config.databaseUrl.reveal());
const cache = openCache(config.redisUrl.reveal());
const log = createLog({ level: config.logLevel });
const { app } = await compose(config, { db, cache, log, clock: systemClock });
const answer = app.callback();
const server = createServer((request, response) => void answer(request, response));
hardenServer(server);
server.listen(config.listen.port, '127.0.0.1', () => process.send?.({ kind: 'ready' }));
process.on('disconnect', () => process.exit(0));
