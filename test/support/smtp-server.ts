import { type Server, type Socket, createServer } from 'node:net';
import type { Delivered, Fault } from './message-gateway.contract.ts';

export interface SmtpServer {
  readonly server: Server;
  readonly delivered: Delivered[];
  /** Every line a client wrote. */
  readonly lines: string[];
  fault: Fault | 'later' | undefined;
}

/** A mail server that knows EHLO, MAIL, RCPT, DATA, RSET and QUIT, offers no TLS, and breaks down on demand. */
export function createSmtpServer(): SmtpServer {
  const state: SmtpServer = { server: createServer(serve), delivered: [], lines: [], fault: undefined };

  function serve(socket: Socket): void {
    let buffered = '';
    let data: string[] | undefined;
    let to = '';
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    socket.on('error', () => {});
    if (state.fault === 'nonsense') return say('SSH-2.0-OpenSSH_9.6');
    if (state.fault !== 'slow') say('220 mail.example.vn');
    socket.on('data', (chunk) => {
      buffered += chunk.toString();
      const lines = buffered.split('\r\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) take(line);
    });

    function take(line: string): void {
      state.lines.push(line);
      if (state.fault === 'slow') return;
      if (state.fault === 'nonsense') return say('hello');
      if (data !== undefined) {
        if (line !== '.') return void data.push(line.startsWith('..') ? line.slice(1) : line);
        state.delivered.push({ to, text: textOf(data.join('\r\n')) });
        data = undefined;
        return say('250 taken');
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return say('250-mail.example.vn\r\n250 8BITMIME');
      if (verb === 'RCPT') {
        if (state.fault === 'resetting') return void socket.resetAndDestroy();
        if (state.fault === 'refusing') return say('550 5.1.1 <nguoi.dan@example.vn> unknown');
        if (state.fault === 'later') return say('451 4.7.1 later');
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      }
      if (verb === 'DATA') {
        data = [];
        return say('354 go on');
      }
      if (verb === 'QUIT') return void socket.end('221 bye\r\n');
      say('250 ok');
    }
  }
  return state;
}

function textOf(mail: string): string {
  const at = mail.indexOf('\r\n\r\n');
  const [head, body] = [mail.slice(0, at), mail.slice(at + 4)];
  const encoding = /^content-transfer-encoding: *(\S+)/im.exec(head)?.[1]?.toLowerCase();
  if (encoding === 'base64')
    return Buffer.from(body, 'base64')
      .toString()
      .replace(/\r?\n$/, '');
  if (encoding !== 'quoted-printable') return body.replace(/\r\n$/, '');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/\r\n$/, '')
    .replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
