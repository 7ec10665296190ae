import type { Context } from 'koa';
import type { Provider } from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import type { Acr } from '../assurance/assurance-level.ts';
import type { Amr } from '../assurance/amr.ts';
import { proofsOf } from '../assurance/amr.ts';
import type { Proof } from '../assurance/proof.ts';
import { epochSeconds, type Clock } from '../kernel/clock.ts';
import type { InteractionId, PortalId, SubjectId } from '../kernel/ids.ts';
import type { ActingDecision, ActingFor } from '../portals/acting.policy.ts';
import type { ClaimName } from '../portals/claim.ts';
import type { PortalDirectory } from '../portals/portal-directory.ts';
import type { InteractionDetails } from './sign-on/interaction-details.ts';
import { requestedClaims } from './sign-on/requested-claims.ts';

/** One visit of one citizen, sent by one portal. */
export interface Interaction {
  readonly id: InteractionId;
  readonly portalId: PortalId;
  /** `login`: sign in, and consent where it is missing. `consent`: the session is enough, only consent is asked. */
  readonly prompt: 'login' | 'consent';
  /** The least level the answer must have. */
  readonly wanted: Acr;
  /** The portal wants new proof: what the session holds does not count. */
  readonly fresh: boolean;
  /** The portal wants the consent page shown, even if everything is decided (`prompt=consent`). */
  readonly askConsent: boolean;
  /** What is asked for, cut to what was agreed with the portal. */
  readonly claims: readonly ClaimName[];
  readonly loginHint?: string;
  readonly locales: readonly string[];
  readonly session?: {
    readonly subject: SubjectId;
    readonly proofs: readonly Proof[];
    readonly acting?: ActingDecision;
  };
  /** Where the person goes back to, for `form-action`. */
  readonly returnOrigin: string;
  readonly startedAtSeconds: number;
}

export type CurrentInteraction =
  { readonly kind: 'open'; readonly interaction: Interaction } | { readonly kind: 'gone' };

export interface SignedIn {
  readonly subject: SubjectId;
  readonly acr: Acr;
  readonly amr: readonly Amr[];
  readonly authTimeSeconds: number;
}

export type RefusalCode = 'access_denied' | 'unmet_authentication_requirements' | 'login_required';

export interface Interactions {
  /**
   * The interaction of this browser. `gone`: expired, finished, or another one than the address names. One read, none of
   * PostgreSQL; start your own reads beside it, so that they travel together.
   */
  current(ctx: Context): Promise<CurrentInteraction>;
  /**
   * Sends the person back with the sign-in (`undefined`: with the consent alone), and for whom they chose to act. False when
   * the interaction is gone.
   */
  finish(ctx: Context, signedIn: SignedIn | undefined, actingFor?: ActingFor): Promise<boolean>;
  /** Sends the person back with an error the portal understands. False when the interaction is gone. */
  refuse(ctx: Context, code: RefusalCode): Promise<boolean>;
}

type Stored = InstanceType<Provider['Interaction']>;

const ADDRESS = /^\/interaction\/([\w-]+)/;

/** All that the doors know of the library's interactions. */
export function createInteractions(deps: {
  provider: () => Provider;
  directory: Pick<PortalDirectory, 'find'>;
  clock: Clock;
}): Interactions {
  const found = new WeakMap<Context, Promise<Stored | undefined>>();

  const load = (ctx: Context): Promise<Stored | undefined> => {
    const known = found.get(ctx);
    if (known) return known;
    const loading = read(deps.provider(), ctx);
    found.set(ctx, loading);
    return loading;
  };
  const answer = async (ctx: Context, result: (stored: Stored) => InteractionResults): Promise<boolean> => {
    const stored = await load(ctx);
    if (!stored) return false;
    stored.result = result(stored);
    await stored.save(Math.max(1, stored.exp - epochSeconds(deps.clock.now())));
    ctx.status = 303;
    ctx.redirect(stored.returnTo);
    return true;
  };

  return {
    async current(ctx) {
      const stored = await load(ctx);
      const portal = stored && deps.directory.find(String(stored.params['client_id']));
      if (!stored || !portal) return { kind: 'gone' };
      const claims = requestedClaims(stored.params, portal);
      return { kind: 'open', interaction: { ...describe(stored), portalId: portal.portalId, claims } };
    },
    finish: (ctx, signedIn, actingFor) =>
      answer(ctx, (stored) => {
        const { fresh, startedAtSeconds } = describe(stored);
        if (fresh && signedIn && signedIn.authTimeSeconds < startedAtSeconds) {
          throw new Error('the portal wants new proof, and the sign-in rests on an older one');
        }
        const consent = { ...(actingFor !== undefined && { actingFor }) };
        return { ...stored.lastSubmission, consent, ...(signedIn && { login: toLogin(signedIn) }) };
      }),
    refuse: (ctx, error) => answer(ctx, () => ({ error, error_description: REFUSALS[error] })),
  };
}

const REFUSALS: Record<RefusalCode, string> = {
  access_denied: 'the person did not allow the sign-in',
  unmet_authentication_requirements: 'the requested authentication level cannot be reached',
  login_required: 'the person did not sign in',
};

const toLogin = ({ subject, acr, amr, authTimeSeconds }: SignedIn) => ({
  accountId: subject,
  acr,
  amr: [...amr],
  ts: authTimeSeconds,
  remember: true,
});

/** By the signed cookie of this browser; an address that names another interaction does not open it. */
async function read(provider: Provider, ctx: Context): Promise<Stored | undefined> {
  const id = ctx.cookies.get(provider.cookieName('interaction'), { signed: true });
  const named = ADDRESS.exec(ctx.path)?.[1];
  if (!id || (named !== undefined && named !== id)) return undefined;
  return provider.Interaction.find(id);
}

function describe(stored: Stored): Omit<Interaction, 'portalId' | 'claims'> {
  const { wanted, fresh, session, acting } = stored.prompt.details as unknown as InteractionDetails;
  const isOther = stored.prompt.reasons.some((reason) => OTHER_PERSON.includes(reason));
  const { login_hint: hint, ui_locales: locales, redirect_uri: returnTo, prompt } = stored.params;
  return {
    id: stored.uid as InteractionId,
    prompt: stored.prompt.name === 'consent' ? 'consent' : 'login',
    wanted,
    fresh,
    askConsent: typeof prompt === 'string' && prompt.split(' ').includes('consent'),
    ...(typeof hint === 'string' && { loginHint: hint }),
    locales: typeof locales === 'string' ? locales.split(' ') : [],
    ...(session &&
      !isOther && {
        session: {
          subject: session.subject as SubjectId,
          proofs: proofsOf(session.amr, session.authTimeSeconds),
          ...(acting && { acting }),
        },
      }),
    returnOrigin: new URL(String(returnTo)).origin,
    startedAtSeconds: stored.iat,
  };
}

/** The portal named a person, and the session is somebody else's. */
const OTHER_PERSON = ['id_token_hint', 'claims_id_token_sub_value'];
