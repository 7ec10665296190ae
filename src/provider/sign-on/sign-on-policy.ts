import { errors, interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider';
import { isAtLeast } from '../../assurance/assurance-level.ts';
import { missingConsent } from '../../portals/consent.policy.ts';
import type { MarkerStore } from '../store/marker.store.ts';
import { actingChoice } from './acting-choice.ts';
import { interactionDetails, wantedOf } from './interaction-details.ts';
import { requestedClaims } from './requested-claims.ts';
import { standingOf, type SessionDeps } from './session-facts.ts';

const { Check, Prompt, base } = interactionPolicy;

type Ask = (ctx: KoaContextWithOIDC) => Promise<boolean> | boolean;
interface SignOnDeps extends SessionDeps {
  readonly markers: MarkerStore;
}
type Refusal = new (description: string) => Error;

/** Whether the person has just come back from the interaction with this part done. */
const isAnswered = (ctx: KoaContextWithOIDC, part: 'login' | 'consent') => ctx.oidc.result?.[part] !== undefined;

/** Asks the person once. If the reason is still there when they come back, the request ends: asking again would never end. */
const askOnce =
  (part: 'login' | 'consent', Refused: Refusal, description: string, ask: Ask): Ask =>
  async (ctx) => {
    if (!(await ask(ctx))) return false;
    if (isAnswered(ctx, part)) throw new Refused(description);
    return true;
  };

/**
 * When the person is asked for something. The library's own acr checks compare for equality and may ask for ever; in their
 * place stands one ordered comparison (wanted-acr.policy). Consent is asked by what is decided in PostgreSQL.
 */
export function signOnPolicy(deps: SignOnDeps): interactionPolicy.DefaultPolicy {
  const policy = base();
  const checks = policy.get('login')?.checks;
  const theirs = (reason: string) => {
    const check = checks?.get(reason);
    if (!check) throw new Error(`the library has no check ${reason} any more`);
    return check.check;
  };

  const login = new Prompt(
    { name: 'login', requestable: true },
    async (ctx) => ({ ...(await interactionDetails(deps, ctx)) }),
    new Check(
      'no_session',
      'End-User authentication is required',
      'login_required',
      askOnce(
        'login',
        errors.AccessDenied,
        'the account cannot be used',
        async (ctx) => (await standingOf(deps, ctx)).standing.kind === 'ended',
      ),
    ),
    new Check('max_age', 'End-User authentication could not be obtained', 'login_required', theirs('max_age')),
    new Check(
      'id_token_hint',
      'id_token_hint and authenticated subject do not match',
      'login_required',
      askOnce('login', errors.LoginRequired, 'another person is signed in', async (ctx) => {
        await recallHint(ctx);
        return theirs('id_token_hint')(ctx);
      }),
    ),
    new Check(
      'claims_id_token_sub_value',
      'requested subject could not be obtained',
      'login_required',
      askOnce('login', errors.LoginRequired, 'another person is signed in', theirs('claims_id_token_sub_value')),
    ),
    new Check(
      'acr',
      'the requested authentication level is not reached',
      'login_required',
      askOnce(
        'login',
        errors.UnmetAuthenticationRequirements,
        'the requested authentication level was not reached',
        (ctx) => isBelowWanted(deps, ctx),
      ),
    ),
  );
  const consent = new Prompt(
    { name: 'consent', requestable: true },
    async (ctx) => ({ ...(await interactionDetails(deps, ctx)) }),
    new Check(
      'claims_undecided',
      'the person has to decide which data the portal may have',
      'consent_required',
      askOnce('consent', errors.AccessDenied, 'the person did not allow what the portal cannot do without', (ctx) =>
        lacksConsent(deps, ctx),
      ),
    ),
    new Check(
      'acting_undecided',
      'the person has to say for whom they act',
      'consent_required',
      askOnce('consent', errors.AccessDenied, 'the person may not act for whom they chose', (ctx) =>
        lacksChoice(deps, ctx),
      ),
    ),
  );
  policy.clear();
  policy.add(login);
  policy.add(consent);
  return policy;
}

/** The library reads the hint only when the request comes in: whoever signed in meanwhile was never compared with it. */
async function recallHint(ctx: KoaContextWithOIDC): Promise<void> {
  const { params, client, entities, provider } = ctx.oidc;
  const hint = params?.['id_token_hint'];
  if (typeof hint !== 'string' || entities.IdTokenHint || !client) return;
  ctx.oidc.entity('IdTokenHint', await provider.IdToken.validate(hint, client));
}

async function isBelowWanted(deps: SessionDeps, ctx: KoaContextWithOIDC): Promise<boolean> {
  const wanted = wantedOf(deps, ctx);
  if (wanted.kind === 'impossible') {
    throw new errors.UnmetAuthenticationRequirements('none of the essential acr values is known here');
  }
  const { standing } = await standingOf(deps, ctx);
  // without a session the check before this one asks
  return standing.kind === 'stands' && !isAtLeast(standing.acr, wanted.acr);
}

async function lacksConsent(deps: SessionDeps, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { facts } = await standingOf(deps, ctx);
  if (!facts?.portal) return true;
  return missingConsent(facts.portal, requestedClaims(ctx.oidc.params ?? {}, facts.portal), facts.decisions).length > 0;
}

async function lacksChoice(deps: SignOnDeps, ctx: KoaContextWithOIDC): Promise<boolean> {
  const { facts } = await standingOf(deps, ctx);
  return facts !== undefined && (await actingChoice(deps, ctx, facts))?.kind === 'undecided';
}
