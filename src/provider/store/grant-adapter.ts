import type { Adapter } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { record } from '../../audit/record.ts';
import type { Clock } from '../../kernel/clock.ts';
import { mayAnswer } from '../../portals/portal-access.policy.ts';
import { grantDocument } from '../sign-on/grant-document.ts';
import { parseGrantId } from '../sign-on/grant-id.ts';
import { readAccess, type AccessDeps } from '../sign-on/read-access.ts';
import { silentSignOn } from '../sign-on/silent-sign-on.ts';
import type { MarkerStore } from './marker.store.ts';
import { memoOf, once } from './request-memo.ts';

/**
 * The grant as a live view: nothing is stored. Every look asks the account, the consents and the portal as they are now, and
 * whether the grant was ended; so a lock, a withdrawal or a changed password reaches every code and token at once.
 */
export function grantAdapter(
  deps: AccessDeps & { clock: Clock },
  markers: MarkerStore,
): Pick<Adapter, 'find' | 'upsert' | 'destroy'> {
  return {
    async find(text) {
      const id = parseGrantId(text);
      if (!id) return undefined;
      const req = Provider.ctx?.req;
      const expected = silentSignOn(Provider.ctx, id, deps.clock.now());
      const [ended, facts] = await Promise.all([
        once(memoOf(req).ended, id.family, () => markers.hasEnded(id.family)),
        readAccess(deps, req, id.subject, id.portalId, expected),
      ]);
      if (ended) return undefined;
      const answer = mayAnswer(facts, { acr: id.acr, atSeconds: id.issuedAtSeconds, actingFor: id.actingFor });
      if (answer.kind !== 'stands') return undefined;
      // something changed since, and yet it stands: then the event has a statement of its own
      if (expected && !facts.isRecorded) await record(deps.db, expected.event, expected.at);
      return grantDocument(id, answer.claims);
    },
    async upsert() {
      // nothing to store: the id says everything
    },
    async destroy(text) {
      const id = parseGrantId(text);
      if (id) await markers.endGrant(id.family);
    },
  };
}
