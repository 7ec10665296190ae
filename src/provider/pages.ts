import type { Context } from 'koa';
import type { Bilingual } from '../portals/portal.ts';

/** The two pages of the provider that are not part of an interaction; the door draws them. */
export interface ProviderPages {
  /** Asks whether to sign out. The form posts `xsrf` and, for yes, `logout=yes` to `action`. */
  signOut(
    ctx: Context,
    model: { readonly action: string; readonly xsrf: string; readonly portal?: { readonly name: Bilingual } },
  ): void;
  signedOut(ctx: Context, model: { readonly portal?: { readonly name: Bilingual; readonly url: string } }): void;
}
