import type { TrailEvent } from '../../audit/trail-query.ts';

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS = ['event_id', 'at', 'kind', 'subject', 'portal', 'actor', 'data'] as const;
type Cells = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** What the file begins with: the names of the columns, where it has such. */
export const fileHead = (format: ExportFormat): string => (format === 'csv' ? csvLine(COLUMNS) : '');

/** One event as one line, its end included. */
export const eventLine = (format: ExportFormat, event: TrailEvent): string =>
  format === 'csv' ? csvLine(COLUMNS.map((name) => cellsOf(event)[name])) : `${JSON.stringify(objectOf(event))}\n`;

const cellsOf = ({ eventId, at, kind, subject, portal, actor, data }: TrailEvent): Cells => ({
  event_id: eventId,
  at: at.toISOString(),
  kind,
  subject: subject ?? '',
  portal: portal ?? '',
  actor: actor ?? '',
  data: JSON.stringify(data),
});

const objectOf = ({ eventId, at, kind, subject, portal, actor, data }: TrailEvent) => ({
  event_id: eventId,
  at: at.toISOString(),
  kind,
  subject,
  portal,
  actor,
  data,
});

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * RFC 4180, always in quotes. What a spreadsheet would take for a formula gets an apostrophe before it: a portal's id or
 * a field of an event must not run on the auditor's machine.
 */
export function csvCell(text: string): string {
  const safe = /^\s*[=+\-@|]/.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

const SEAL = {
  csv: /^# sha-256=([0-9a-f]{64}) jws=(\S+)\r\n$/,
  jsonl: /^\{"sha-256":"([0-9a-f]{64})","jws":"([^"\s]+)"\}\n$/,
};

/** The last line: the digest of all bytes before it, signed. A comment in CSV, an object of its own in JSON lines. */
export const sealLine = (format: ExportFormat, digest: string, jws: string): string =>
  format === 'csv' ? `# sha-256=${digest} jws=${jws}\r\n` : `${JSON.stringify({ 'sha-256': digest, jws })}\n`;

/** The seal of a line that `sealLine` made; undefined for any other. */
export function parseSeal(line: string): { readonly digest: string; readonly jws: string } | undefined {
  const [, digest, jws] = SEAL.csv.exec(line) ?? SEAL.jsonl.exec(line) ?? [];
  return digest === undefined || jws === undefined ? undefined : { digest, jws };
}
