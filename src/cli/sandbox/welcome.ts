export interface PersonToTry {
  readonly name: string;
  readonly nationalId: string;
  /** How to sign in with this person. */
  readonly note: string;
  /** What to type after the number, in order. */
  readonly type: readonly string[];
}

export interface Welcome {
  readonly issuer: string;
  readonly portals: readonly { readonly name: string; readonly url: string }[];
  readonly people: readonly PersonToTry[];
}

/** The one screen of a started sandbox: where to go, and as whom. */
export function welcomeScreen({ issuer, portals, people }: Welcome): string {
  const width = Math.max(...portals.map(({ name }) => name.length), 'Danh Tính'.length);
  const address = (name: string, url: string): string => `  ${name.padEnd(width)}  ${url}`;
  return [
    '',
    'The sandbox is ready. Everything in it is made up.',
    '',
    ...portals.map(({ name, url }) => address(name, url)),
    address('Danh Tính', issuer),
    address('Sandbox', `${issuer}/sandbox`),
    '',
    'People to try:',
    ...people.flatMap((person) => [
      '',
      `  ${person.nationalId}  ${person.name}`,
      `    ${person.note}`,
      ...(person.type.length > 0 ? [`    type: ${person.type.join(', then ')}`] : []),
    ]),
    '',
    `The officers' console: ${issuer}/console (every officer there has a test passkey)`,
    `Messages that are sent: ${issuer}/sandbox/outbox`,
    'Ctrl-C stops everything; "npm start" goes on where it stopped; "npm run reset" starts over.',
    '',
    '',
  ].join('\n');
}
