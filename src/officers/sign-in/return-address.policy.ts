const HOME = '/console';
/** Coming back to these would lead nowhere. */
const DOORS = /^\/console\/(sign-in|sign-out|re-authenticate|enrol)(\/|$)/;

/** The page of the console that a wish to come back names; the start page for any other address, here or elsewhere. */
export function returnAddress(asked: string | undefined): string {
  if (asked === undefined || !asked.startsWith('/') || !URL.canParse(asked, 'http://console.invalid')) return HOME;
  const { origin, pathname, search } = new URL(asked, 'http://console.invalid');
  const isOfConsole = origin === 'http://console.invalid' && (pathname === HOME || pathname.startsWith(`${HOME}/`));
  return isOfConsole && !DOORS.test(pathname) ? pathname + search : HOME;
}
