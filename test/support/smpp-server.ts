import type { Server } from 'node:net';
import smpp, { type Pdu, type Session } from 'smpp';
import type { Delivered, Fault } from './message-gateway.contract.ts';

export interface SmppServer {
  readonly server: Server;
  readonly delivered: Delivered[];
  /** One per short message, several per long text. */
  readonly parts: { coding: number; octets: number; concatenated: boolean }[];
  readonly sessions: Set<Session>;
  fault: Fault | 'silent_bind' | 'refused_bind' | 'throttled' | undefined;
  readonly binds: { systemId: string; password: string }[];
}

/** A short message service centre: binds, takes short messages, joins their parts, and breaks down on demand. */
export function createSmppServer(): SmppServer {
  const waiting = new Map<string, string[]>();
  const state: SmppServer = {
    server: smpp.createServer(serve),
    delivered: [],
    parts: [],
    sessions: new Set(),
    fault: undefined,
    binds: [],
  };

  function serve(session: Session): void {
    state.sessions.add(session);
    session.on('close', () => state.sessions.delete(session));
    session.on('error', () => {});
    session.on('enquire_link', (pdu: Pdu) => void session.send(pdu.response()));
    session.on('bind_transmitter', (pdu: Pdu) => {
      state.binds.push({ systemId: pdu.system_id ?? '', password: pdu.password ?? '' });
      if (state.fault === 'silent_bind') return;
      session.send(pdu.response(state.fault === 'refused_bind' ? { command_status: 0x0d } : {}));
    });
    session.on('submit_sm', (pdu: Pdu) => submitted(session, pdu));
  }

  function submitted(session: Session, pdu: Pdu): void {
    const refuse = (command_status: number): unknown => session.send(pdu.response({ command_status }));
    if (state.fault === 'resetting') session.socket.resetAndDestroy();
    else if (state.fault === 'refusing') refuse(0x0b);
    else if (state.fault === 'throttled') refuse(0x58);
    // a length no PDU may have
    else if (state.fault === 'nonsense') session.socket.write(Buffer.from('7fffffff80000004', 'hex'));
    else if (state.fault !== 'slow') {
      take(pdu);
      session.send(pdu.response({ message_id: 'm1' }));
    }
  }

  function take(pdu: Pdu): void {
    const { message = '', udh } = pdu.short_message ?? {};
    const octets = Buffer.from(message);
    const coding = pdu.data_coding ?? 0;
    state.parts.push({ coding, octets: octets.length, concatenated: udh !== undefined });
    const text = typeof message === 'string' ? message : decode(octets, coding);
    const to = pdu.destination_addr ?? '';
    const [, , reference = 0, total = 1, number = 1] = udh?.[0] ?? [];
    if (udh === undefined) return void state.delivered.push({ to, text });
    const key = `${to}/${reference}`;
    const parts = waiting.get(key) ?? Array.from({ length: total }, () => '');
    parts[number - 1] = text;
    waiting.set(key, parts);
    if (!parts.includes('')) {
      waiting.delete(key);
      state.delivered.push({ to, text: parts.join('') });
    }
  }
  return state;
}

const decode = (octets: Buffer, coding: number): string =>
  coding === 8 ? Buffer.from(octets).swap16().toString('utf16le') : octets.toString('latin1');
