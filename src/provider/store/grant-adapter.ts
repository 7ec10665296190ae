import type { Adapter } from 'oidc-provider';
import { Provider } from 'oidc-provider';
import { mayAnswer } from '../../portals/portal-access.policy.ts';
import { grantDocument } from '../sign-on/grant-document.ts';
import { parseGrantId } from '../sign-on/grant-id.ts';
import { readAccess, type AccessDeps } from '../sign-on/read-access.ts';
import type { MarkerStore } from './marker.store.ts';
import { memoOf, once } from './request-memo.ts';

/**
 * The grant as a live view: nothing is stored. Every look asks the account, the consents and the portal as they are now, and
 * whether the grant was ended; so a lock, a withdrawal or a changed password reaches every code and token at once.
 */
export function grantAdapter(deps: AccessDeps, markers: MarkerStore): Pick<Adapter, 'find' | 'upsert' | 'destroy'> {
  return {
    async find(text) {
      const id = parseGrantId(text);
      if (!id) return undefined;
      const req = Provider.ctx?.req;
      const [ended, facts] = await Promise.all([
        once(memoOf(req).ended, id.family, () => markers.hasEnded(id.family)),
        readAccess(deps, req, id.subject, id.portalId),
      ]);
      if (ended) return undefined;
      const answer = mayAnswer(facts, { acr: id.acr, atSeconds: id.issuedAtSeconds });
      return answer.kind === 'stands' ? grantDocument(id, answer.claims) : undefined;
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
