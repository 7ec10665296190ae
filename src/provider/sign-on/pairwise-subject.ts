import { createHmac } from 'node:crypto';
import type { Sealed } from '../../kernel/sealed.ts';

/**
 * The name by which the portals of one sector know a person (OpenID Connect Core 8.1): stable, different in every sector,
 * and not to be turned back without the key.
 */
export const pairwiseSubject = (key: Sealed<Buffer>, sector: string, accountId: string): string =>
  createHmac('sha256', key.reveal()).update(`${sector}\0${accountId}`).digest('base64url');
