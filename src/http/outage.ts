const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'NR_CLOSED',
  'ERR_SOCKET_CLOSED',
]);
/** PostgreSQL: connection exceptions, no room, shutdown, start-up, read-only after a failover, statement timeout, conflict. */
const SQLSTATE = /^(08...|53...|57P0[123]|57014|25006|40001|40P01|55P03)$/;
/** Redis answers that pass by themselves. */
const REDIS_REPLY = /^(LOADING|READONLY|CLUSTERDOWN|MASTERDOWN|TRYAGAIN|BUSY|OOM|NOREPLICAS|UNKILLABLE)\b/;
/** Both drivers report some lost connections by words alone. */
const WORDS =
  /^(Connection terminated|Connection is closed|Stream isn't writeable|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout|Command timed out|Client was closed)/;

/** Whether this error means that a store or the network is gone for a while, rather than that the program is wrong. */
export function isOutage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { code, name, message, cause, errors } = error as Partial<
    Record<'code' | 'name' | 'message' | 'cause' | 'errors', unknown>
  >;
  if (typeof code === 'string' && (NETWORK.has(code) || SQLSTATE.test(code))) return true;
  if (name === 'MaxRetriesPerRequestError' || name === 'ClusterAllFailedError') return true;
  if (typeof message === 'string' && (WORDS.test(message) || (name === 'ReplyError' && REDIS_REPLY.test(message)))) {
    return true;
  }
  if (Array.isArray(errors) && errors.some((inner) => isOutage(inner, depth + 1))) return true;
  return isOutage(cause, depth + 1);
}
