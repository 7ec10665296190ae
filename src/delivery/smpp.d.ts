/** The part of smpp 0.5 that is used here and in its test server. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer, Socket } from 'node:net';

  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly destination_addr?: string;
    readonly source_addr?: string;
    readonly data_coding?: number;
    readonly esm_class?: number;
    readonly short_message?: { message: string | Buffer; udh?: Buffer[] };
    isResponse(): boolean;
    response(fields?: Record<string, unknown>): Pdu;
  }

  export interface SessionOptions {
    readonly host: string;
    readonly port: number;
    readonly tls?: boolean;
    readonly servername?: string;
    readonly minVersion?: string;
  }

  /** Every command is a method that returns false when the socket is not writable. */
  export interface Session extends EventEmitter {
    readonly socket: Socket;
    send(pdu: Pdu): boolean;
    bind_transmitter(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean;
    submit_sm(fields: Record<string, unknown>, answered: (pdu: Pdu) => void): boolean;
    enquire_link(answered: (pdu: Pdu) => void): boolean;
    unbind(): boolean;
    close(): void;
    destroy(): void;
  }

  const smpp: {
    connect(options: SessionOptions): Session;
    createServer(listener: (session: Session) => void): NetServer;
  };
  export default smpp;
}
