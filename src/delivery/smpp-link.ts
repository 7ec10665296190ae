import smpp, { type Pdu, type Session } from 'smpp';
import type { Sealed } from '../kernel/sealed.ts';
import type { SmppSettings } from './delivery-config.ts';

/** A bound connection. `call` gives the answer, or throws when the connection ends first. */
export interface SmppLink {
  readonly alive: boolean;
  call(command: 'submit_sm', fields: Record<string, unknown>): Promise<Pdu>;
  end(): void;
}

/** The service centre answered the bind with this status; its words are not kept. */
export class BindRefused extends Error {}

/** Connects and binds as transmitter; keeps the link alive by enquire_link. Throws BindRefused or an error of the network. */
export async function openSmppLink(settings: SmppSettings, password: Sealed<string>): Promise<SmppLink> {
  const secure = settings.tls === 'implicit';
  const session = smpp.connect({
    host: settings.host,
    port: settings.port,
    ...(secure && { tls: true, servername: settings.host, minVersion: 'TLSv1.2' }),
  });
  let alive = true;
  const lost = new Promise<never>((_, reject) => {
    const lose = (): void => {
      alive = false;
      session.destroy();
      reject(Object.assign(new Error('the link is gone'), { code: 'ECONNRESET' }));
    };
    session.on('error', lose);
    session.on('close', lose);
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      lose();
    });
  });
  lost.catch(() => {}); // whoever waits hears of it; nobody waiting is no defect
  session.on('enquire_link', (pdu: Pdu) => void session.send(pdu.response()));

  const tooLate = setTimeout(() => session.destroy(), settings.timeoutMs);
  lost.catch(() => clearTimeout(tooLate));

  const ask = (write: (answered: (pdu: Pdu) => void) => boolean): Promise<Pdu> =>
    Promise.race([lost, new Promise<Pdu>((resolve) => void write(resolve))]);
  await Promise.race([lost, once(session, secure ? 'secureConnect' : 'connect')]);
  const bound = await ask((answered) =>
    session.bind_transmitter({ system_id: settings.systemId, password: password.reveal() }, answered),
  );
  clearTimeout(tooLate);
  if (bound.command_status !== 0) {
    session.destroy();
    throw new BindRefused();
  }
  const stopAsking = keepAlive(session, settings.timeoutMs);
  lost.catch(stopAsking);
  return {
    get alive() {
      return alive;
    },
    call: (command, fields) => ask((answered) => session[command](fields, answered)),
    end: () => session.destroy(),
  };
}

const once = (session: Session, event: string): Promise<void> =>
  new Promise((resolve) => {
    session.once(event, () => resolve());
  });

const KEEP_ALIVE_MS = 30_000;

/** A silent peer is found out before a citizen waits for it. */
function keepAlive(session: Session, answerMs: number): () => void {
  let answerTimer: NodeJS.Timeout | undefined;
  const timer = setInterval(() => {
    answerTimer = setTimeout(() => session.destroy(), answerMs);
    answerTimer.unref();
    session.enquire_link(() => clearTimeout(answerTimer));
  }, KEEP_ALIVE_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    clearTimeout(answerTimer);
  };
}
