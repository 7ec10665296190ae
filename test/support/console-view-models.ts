import { auditExamples } from './console-audit-view-models.ts';
import { caseExamples } from './console-case-view-models.ts';
import { portalExamples } from './console-portal-view-models.ts';
import { startExamples } from './console-start-view-models.ts';
import { staffExamples } from './console-staff-view-models.ts';
import { peopleExamples } from './console-people-view-models.ts';
import { example, type Example } from './example.ts';

/** Every view of the console in every state. */
export function consoleExamples(value: string, request: object, creation: object): Example[] {
  return [
    ...peopleExamples(value),
    ...staffExamples(value, creation),
    ...caseExamples(value),
    ...auditExamples(value),
    ...portalExamples(value),
    example('console/sign-in/sign-in', 'plain', { passkey: request, to: '/console' }),
    example('console/sign-in/sign-in', 'signed-out', { passkey: request, to: '/console', signedOut: true }),
    example('console/sign-in/sign-in', 'rejected', {
      passkey: request,
      to: '/console',
      errors: [{ code: 'officer_passkey_rejected' }],
    }),
    example('console/sign-in/re-authenticate', 'plain', { passkey: request, to: '/console/officers?state=invited' }),
    ...startExamples(),
  ];
}
