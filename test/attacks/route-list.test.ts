import { expect, test } from '@jest/globals';
import { type Route, open } from '../../src/http/route.ts';
import { officersRoutes } from '../../src/officers/officers.routes.ts';
import type { OfficerGuard } from '../../src/officers/sign-in/officer-guard.routes.ts';
import { sandboxRoutes } from '../../src/sandbox/sandbox.routes.ts';
import { selfServiceRoutes } from '../../src/self-service/self-service.routes.ts';
import { signInRoutes } from '../../src/sign-in/sign-in.routes.ts';

const nothing = { issuer: 'https://id.example.vn' } as never; // routes only name their parts until one is called
const routes: readonly Route[] = [
  ...signInRoutes(nothing),
  ...selfServiceRoutes(nothing),
  ...officersRoutes(nothing),
  ...sandboxRoutes(nothing),
];
const line = ({ method, path, guard, fields, limit }: Route): string =>
  [
    method.padEnd(4),
    path,
    guard === open ? 'open' : ((guard as OfficerGuard).action ?? 'guarded'),
    ...(fields ? [`{${fields.join(' ')}}`] : []),
    ...(limit ? [`${limit.points}/${limit.seconds}s`] : []),
  ].join(' ');

test('every route of the doors, with its guard, fields and limit: a new one is written in here on purpose', () => {
  expect(routes.map(line)).toMatchInlineSnapshot(`
   [
     "GET  /interaction/:uid open",
     "POST /interaction/:uid/identify open {national_id}",
     "POST /interaction/:uid/password open {password}",
     "POST /interaction/:uid/second-factor open {factor}",
     "POST /interaction/:uid/resend open {}",
     "POST /interaction/:uid/code open {code}",
     "POST /interaction/:uid/passkey open {credential}",
     "POST /interaction/:uid/passkey-enrol open {credential name}",
     "POST /interaction/:uid/guardian-passkey open {credential}",
     "POST /interaction/:uid/guardian-send open {}",
     "POST /interaction/:uid/guardian-code open {code}",
     "POST /interaction/:uid/consent open {decision claim_name claim_birthdate claim_birthdate_precision claim_gender claim_national_id claim_phone_number claim_phone_number_verified claim_email claim_email_verified claim_address}",
     "POST /interaction/:uid/restart open {}",
     "POST /interaction/:uid/refuse open {}",
     "GET  /register open",
     "GET  /register/code open",
     "GET  /register/password open",
     "GET  /register/done open",
     "POST /register open {national_id full_name birth_day birth_month birth_year issued_day issued_month issued_year phone} 60/3600s",
     "POST /register/code open {code} 200/3600s",
     "POST /register/resend open {} 200/3600s",
     "POST /register/restart open {} 200/3600s",
     "POST /register/password open {password} 200/3600s",
     "GET  /activate open",
     "GET  /activate/code open",
     "GET  /activate/password open",
     "GET  /activate/factor open",
     "GET  /activate/app open",
     "GET  /activate/done open",
     "POST /activate open {national_id} 60/3600s",
     "POST /activate/code open {code} 200/3600s",
     "POST /activate/resend open {} 200/3600s",
     "POST /activate/restart open {} 200/3600s",
     "POST /activate/password open {password} 200/3600s",
     "POST /activate/passkey open {credential name} 200/3600s",
     "POST /activate/app open {code} 200/3600s",
     "GET  /account/signed-in open",
     "GET  /account/signed-out open",
     "GET  /account guarded",
     "GET  /account/history guarded",
     "GET  /account/sign-out-everywhere guarded",
     "POST /account/sign-out-everywhere guarded {} 60/3600s",
     "POST /account/sign-out guarded {}",
     "GET  /account/authenticators guarded",
     "GET  /account/passkey/remove guarded",
     "POST /account/passkey/remove guarded {id} 60/3600s",
     "GET  /account/totp/remove guarded",
     "POST /account/totp/remove guarded {} 60/3600s",
     "GET  /account/password guarded",
     "POST /account/password guarded {password} 60/3600s",
     "GET  /account/passkey/add guarded",
     "POST /account/passkey/add guarded {credential name} 60/3600s",
     "GET  /account/totp/add guarded",
     "POST /account/totp/add guarded {code} 60/3600s",
     "GET  /account/consents guarded",
     "POST /account/consents/withdraw guarded {portal_id} 200/3600s",
     "GET  /account/lock guarded",
     "POST /account/lock guarded {} 60/3600s",
     "GET  /lock/:token open 60/3600s",
     "POST /lock/:token open {} 60/3600s",
     "GET  /locked open",
     "GET  /unlock open 60/3600s",
     "POST /unlock open {credential} 60/3600s",
     "GET  /console/sign-in open 300/60s",
     "POST /console/sign-in open {credential to} 300/60s",
     "GET  /console/re-authenticate guarded",
     "POST /console/re-authenticate guarded {credential to} 300/60s",
     "POST /console/sign-out guarded {}",
     "GET  /console see_figures",
     "GET  /console/officers see_officers",
     "GET  /console/officers/invite invite_officer",
     "POST /console/officers/invite invite_officer {name role office}",
     "GET  /console/officers/:officer see_officers",
     "GET  /console/officers/:officer/confirm confirm_officer",
     "POST /console/officers/:officer/confirm confirm_officer {}",
     "GET  /console/officers/:officer/disable disable_officer",
     "POST /console/officers/:officer/disable disable_officer {}",
     "GET  /console/offices see_officers",
     "GET  /console/offices/add edit_offices",
     "POST /console/offices/add edit_offices {office_id parent_id name_vi name_en}",
     "GET  /console/enrol/:link open 60/60s",
     "POST /console/enrol/:link open {credential} 60/60s",
     "GET  /console/holidays edit_holidays",
     "POST /console/holidays edit_holidays {holiday_day holiday_month holiday_year kind name_vi name_en source}",
     "POST /console/holidays/remove edit_holidays {day}",
     "GET  /console/cases/new open_case",
     "POST /console/cases/look-up open_case {scanned} 600/3600s",
     "POST /console/cases open_case {scanned card_seen face_match fingerprint_match consent form_number phone email} 600/3600s",
     "GET  /console/invitations renew_invitation",
     "POST /console/invitations renew_invitation {case_number reason} 600/3600s",
     "GET  /console/cases see_cases",
     "GET  /console/cases/:case see_cases 600/3600s",
     "POST /console/cases/:case/grant decide_case {}",
     "POST /console/cases/:case/refuse decide_case {code reason}",
     "GET  /console/cases/:case/evidence.json export_evidence 600/3600s",
     "GET  /console/people search_person",
     "POST /console/people search_person {by value}",
     "GET  /console/people/:person see_person",
     "POST /console/people/:person see_person {reason document}",
     "GET  /console/people/:person/number see_full_number",
     "POST /console/people/:person/number see_full_number {}",
     "GET  /console/people/:person/lock lock_on_request_of_holder",
     "POST /console/people/:person/lock lock_on_request_of_holder {told document}",
     "GET  /console/people/:person/unlock unlock_at_counter",
     "POST /console/people/:person/unlock unlock_at_counter {ground document face_match card_seen}",
     "GET  /sandbox open",
     "GET  /sandbox/people.json open",
     "GET  /sandbox/passkeys.json open",
     "GET  /sandbox/officers.json open",
     "GET  /sandbox/outbox open",
     "GET  /sandbox/outbox.json open",
   ]
  `);
});

test('every POST declares its fields, and so demands the CSRF token', () => {
  expect(routes.filter(({ method, fields }) => method === 'POST' && fields === undefined)).toEqual([]);
});

test('no GET reads a body', () => {
  expect(routes.filter(({ method, fields }) => method === 'GET' && fields !== undefined)).toEqual([]);
});
