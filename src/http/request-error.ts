/** What the edge refuses, and with which status. The code is the key of its text in views/locales (`error.<code>`). */
export const REQUEST_ERRORS = {
  malformed_request: 400,
  unknown_field: 400,
  csrf_failed: 403,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  interaction_gone: 400,
  return_address_missing: 400,
  return_address_unknown: 400,
  sign_in_not_recognised: 400,
  request_too_large: 413,
  unsupported_media_type: 415,
  misdirected_request: 421,
  too_many_requests: 429,
  busy: 503,
  unavailable: 503,
} as const satisfies Record<string, number>;
export type RequestErrorCode = keyof typeof REQUEST_ERRORS;

/** An edge refusal. Thrown only in routes and guards. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly retryAfterSeconds: number | undefined;
  constructor(code: RequestErrorCode, retryAfterSeconds?: number) {
    super(code);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
