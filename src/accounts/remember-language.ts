import type { SubjectId } from '../kernel/ids.ts';
import type { Keyring } from '../storage/keyring.ts';
import { inTransaction, type Database, type Sql } from '../storage/postgres.ts';
import { sealPersonal } from './account-facts.ts';
import { lockRow, selectFacts, updatePersonal } from './account.store.ts';
import { languageOf, type AccountFacts, type Language } from './account.ts';

/** From now on the holder's messages are written in `language`. Costs nothing while it is the one they are written in. */
export async function rememberLanguage(
  deps: { readonly db: Database; readonly keyring: Keyring },
  facts: AccountFacts,
  language: Language,
): Promise<void> {
  if (languageOf(facts) === language) return;
  await inTransaction(deps.db, async (sql) => {
    await lockRow(sql, facts.subject);
    await rememberLanguageIn(sql, deps, facts.subject, language);
  });
}

/** The same inside the caller's transaction, the account's row held. */
export async function rememberLanguageIn(
  sql: Sql,
  deps: { readonly keyring: Keyring },
  subject: SubjectId,
  language: Language,
): Promise<void> {
  const facts = await selectFacts(sql, deps.keyring, subject);
  if (!facts || languageOf(facts) === language) return;
  await updatePersonal(sql, subject, sealPersonal(deps.keyring, subject, { ...facts.personal.reveal(), language }));
}
