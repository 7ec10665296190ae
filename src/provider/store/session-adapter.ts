import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { memoOf, settlePending } from './request-memo.ts';
import type { SessionDocument, SessionStore } from './session.store.ts';

const SESSION_ID = /^([\w-]{16,64})\.([\w-]{16,64})$/;

/**
 * Sessions by `uid`; the cookie carries `uid.id` (see extend-session.ts), so that a look needs one read, and changing the id
 * is one write that ends the old one.
 */
export function sessionAdapter(sessions: SessionStore): Pick<Adapter, 'find' | 'findByUid' | 'upsert' | 'destroy'> {
  const load = async (uid: string): Promise<SessionDocument | undefined> => {
    const session = await sessions.find(uid);
    if (session) memoOf(Provider.ctx?.req).found.set(`Session ${uid}`, session);
    return session;
  };
  return {
    async find(value) {
      const [, uid, id] = SESSION_ID.exec(value) ?? [];
      const session = uid === undefined ? undefined : await load(uid);
      return session?.jti === id ? (session as AdapterPayload | undefined) : undefined;
    },
    findByUid: (uid) => load(uid) as Promise<AdapterPayload | undefined>,
    async upsert(_id, payload, ttlSeconds = 1) {
      const session = payload as unknown as SessionDocument;
      const memo = memoOf(Provider.ctx?.req);
      const before = memo.found.get(`Session ${session.uid}`) as SessionDocument | undefined;
      const left = Object.keys(before?.authorizations ?? {}).filter((portal) => !session.authorizations?.[portal]);
      const [saved] = await Promise.all([sessions.save(session, left, ttlSeconds), settlePending(memo)]);
      if (!saved) throw new errors.LoginRequired('the session was ended meanwhile');
    },
    async destroy(value) {
      // a change of id destroys `uid.id`, which the next write does by itself; the end of a session names the uid alone
      if (!value.includes('.')) await sessions.end(value);
    },
  };
}
