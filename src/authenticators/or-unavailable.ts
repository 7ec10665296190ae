import { isOutage } from '../http/outage.ts';

export interface Unavailable {
  readonly kind: 'unavailable';
}

/** Fails closed: while a store is gone nothing is verified, and the person hears so. Every other error is a defect. */
export async function orUnavailable<T>(work: () => Promise<T>): Promise<T | Unavailable> {
  try {
    return await work();
  } catch (error) {
    if (isOutage(error)) return { kind: 'unavailable' };
    throw error;
  }
}
