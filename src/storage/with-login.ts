import type { Login } from './grant-application-rights.ts';

/** The same database for another role. */
export function withLogin(url: string, { name, password }: Login): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(name);
  changed.password = encodeURIComponent(password);
  return changed.href;
}
