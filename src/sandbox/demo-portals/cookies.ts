import type { Context } from 'koa';

// Cookies do not know ports: three portals and the provider share one host here, so each name carries its portal's port.
/** The cookies of the portal at `port`. */
export function cookiesOf(port: number): {
  read(ctx: Context, name: string): string | undefined;
  write(ctx: Context, name: string, value: string, lifeSeconds?: number): void;
  clear(ctx: Context, name: string): void;
} {
  const full = (name: string): string => `portal${port}.${name}`;
  const base = { httpOnly: true, sameSite: 'lax', path: '/', overwrite: true } as const;
  return {
    read: (ctx, name) => ctx.cookies.get(full(name)),
    write: (ctx, name, value, lifeSeconds) =>
      void ctx.cookies.set(full(name), value, { ...base, ...(lifeSeconds && { maxAge: lifeSeconds * 1000 }) }),
    clear: (ctx, name) => void ctx.cookies.set(full(name), null, base),
  };
}
