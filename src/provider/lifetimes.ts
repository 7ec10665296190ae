import type { Configuration } from 'oidc-provider';
import { epochSeconds, type Clock } from '../kernel/clock.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds; FAPI 2.0 for requests and codes, the United Kingdom's One Login for tokens, NIST SP 800-63B-4 AAL2 for sessions. */
export const LIFETIMES = {
  interaction: 10 * MINUTE,
  code: MINUTE,
  idToken: 2 * MINUTE,
  accessToken: 3 * MINUTE,
  refreshToken: 30 * DAY,
  grant: 30 * DAY,
  sessionIdle: 30 * MINUTE,
  sessionAbsolute: 12 * HOUR,
} as const;

/** The library's table of them. A session slides by use, and ends 12 hours after the sign-in however much it is used. */
export const timeToLive = (clock: Clock): NonNullable<Configuration['ttl']> => ({
  AccessToken: LIFETIMES.accessToken,
  AuthorizationCode: LIFETIMES.code,
  Grant: LIFETIMES.grant,
  IdToken: LIFETIMES.idToken,
  Interaction: LIFETIMES.interaction,
  RefreshToken: LIFETIMES.refreshToken,
  Session: (_ctx, session) => {
    const { loginTs } = session as { loginTs?: number };
    if (loginTs === undefined) return LIFETIMES.sessionIdle;
    const left = loginTs + LIFETIMES.sessionAbsolute - epochSeconds(clock.now());
    return Math.max(1, Math.min(LIFETIMES.sessionIdle, left));
  },
});
