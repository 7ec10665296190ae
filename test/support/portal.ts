import { createPrivateKey, createPublicKey, randomUUID, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import {
  authorizationRequest,
  basic,
  claimsOf,
  headerOf,
  type Json,
  jws,
  nowSeconds,
  post,
  type Request,
} from '../provider/support/relying-party.ts';

export interface PortalIdentity {
  readonly id: string;
  readonly redirectUri: string;
  /** Where the person comes back to after signing out. */
  readonly signedOutUrl: string;
  readonly scope: string;
  /** Sends its requests by the back door (RFC 9126). */
  readonly pushes: boolean;
  readonly auth:
    | { readonly method: 'client_secret_basic' | 'client_secret_post'; readonly secret: string }
    | { readonly method: 'private_key_jwt'; readonly key: KeyObject; readonly kid: string };
}

export interface Answer {
  readonly status: number;
  readonly body: Json;
}
/** What a portal has when a sign-in went well. */
export interface Tokens {
  readonly claims: Json;
  readonly idToken: string;
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
}

/** A portal that does everything the protocol asks of it: PKCE, nonce, state, issuer and signature are checked. */
export class Portal {
  readonly identity: PortalIdentity;
  readonly #issuer: string;
  constructor(issuer: string, identity: PortalIdentity) {
    this.#issuer = issuer;
    this.identity = identity;
  }

  /** An authorization request, pushed first where the portal does so. `undefined` takes a parameter out. */
  async request(changes: Record<string, string | undefined> = {}): Promise<Request> {
    const { id, scope, pushes } = this.identity;
    const request = authorizationRequest(this.#issuer, this.identity, { scope, ...changes });
    if (!pushes) return request;
    const pushed = await this.call('/request', Object.fromEntries(request.params));
    if (pushed.status !== 201) throw new Error(`the request was not taken: ${JSON.stringify(pushed.body)}`);
    const params = new URLSearchParams({ client_id: id, request_uri: String(pushed.body['request_uri']) });
    return { ...request, url: `${this.#issuer}/auth?${params.toString()}` };
  }

  /** Redeems the code the person came back with. */
  redeem(back: URL, { verifier }: Pick<Request, 'verifier'>, changes: Record<string, string> = {}): Promise<Answer> {
    return this.call('/token', {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: this.identity.redirectUri,
      code_verifier: verifier,
      ...changes,
    });
  }

  /** Redeems, and checks all that a portal must check. Throws when anything is not in order. */
  async tokens(back: URL, request: Request): Promise<Tokens> {
    const { searchParams } = back;
    if (searchParams.get('error')) throw new Error(`the portal got ${searchParams.toString()}`);
    if (!back.href.startsWith(`${this.identity.redirectUri}?`)) throw new Error(`not the way back: ${back.href}`);
    if (searchParams.get('state') !== request.state) throw new Error('another state');
    if (searchParams.get('iss') !== this.#issuer) throw new Error('another issuer');
    const { status, body } = await this.redeem(back, request);
    if (status !== 200) throw new Error(`no token: ${JSON.stringify(body)}`);
    const idToken = String(body['id_token']);
    const claims = await this.#verified(idToken);
    if (claims['nonce'] !== request.nonce) throw new Error('another nonce');
    return {
      claims,
      idToken,
      accessToken: String(body['access_token']),
      refreshToken: body['refresh_token'] as string | undefined,
    };
  }

  async userinfo(accessToken: string): Promise<Answer> {
    const answer = await fetch(`${this.#issuer}/me`, { headers: { authorization: `Bearer ${accessToken}` } });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  }
  introspect = (token: string): Promise<Answer> => this.call('/token/introspection', { token });
  refresh = (token: string): Promise<Answer> =>
    this.call('/token', { grant_type: 'refresh_token', refresh_token: token });

  /** Where the person is sent to sign out. */
  signOutUrl = ({ idToken }: Tokens): string =>
    `${this.#issuer}/session/end?${new URLSearchParams({
      id_token_hint: idToken,
      post_logout_redirect_uri: this.identity.signedOutUrl,
    }).toString()}`;

  /** A call by the back door, as this portal. */
  call(path: string, form: Record<string, string>, credentials = this.credentials()): Promise<Answer> {
    return post(`${this.#issuer}${path}`, { ...form, ...credentials.form }, credentials.headers);
  }

  /** What it proves itself with; `jti` makes the same assertion again. */
  credentials(jti: string = randomUUID()): { form: Record<string, string>; headers: Record<string, string> } {
    const { id, auth } = this.identity;
    if (auth.method !== 'private_key_jwt') {
      const isPosted = auth.method === 'client_secret_post';
      return isPosted
        ? { form: { client_id: id, client_secret: auth.secret }, headers: {} }
        : { form: {}, headers: basic(id, auth.secret) };
    }
    const claims = { iss: id, sub: id, aud: this.#issuer, jti, iat: nowSeconds(), exp: nowSeconds() + 60 };
    return {
      headers: {},
      form: {
        client_id: id,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: jws({ alg: 'ES256', kid: auth.kid }, claims, auth.key),
      },
    };
  }

  async #verified(idToken: string): Promise<Json> {
    const { keys } = (await (await fetch(`${this.#issuer}/jwks`)).json()) as { keys: (JsonWebKey & { kid: string })[] };
    const { kid, alg } = headerOf(idToken);
    const jwk = keys.find((key) => key.kid === kid);
    const [head, body, signature = ''] = idToken.split('.');
    const key = jwk && createPublicKey({ format: 'jwk', key: jwk });
    const isSigned =
      key &&
      alg === 'ES256' &&
      verify(
        'sha256',
        Buffer.from(`${head}.${body}`),
        { key, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      );
    const claims = claimsOf(idToken);
    const { iss, aud, exp } = claims as { iss: string; aud: string; exp: number };
    if (!isSigned || iss !== this.#issuer || aud !== this.identity.id || exp <= nowSeconds()) {
      throw new Error('an ID token that is not for this portal');
    }
    return claims;
  }
}

/** The private key of a portal that signs, from its JWK as JSON. */
export function signingKey(credential: string): { key: KeyObject; kid: string } {
  const { kid, ...key } = JSON.parse(credential) as JsonWebKey & { kid: string };
  return { key: createPrivateKey({ format: 'jwk', key }), kid };
}
