export type MayDecide = { readonly kind: 'may_decide' } | { readonly kind: 'own_request' | 'already_decided' };

/** Whether this officer may decide: once, and never who received it (Decree 69/2024 art. 15: received, then decided). */
export function mayDecideRequest(
  request: { readonly receivedBy: string; readonly decided?: object },
  officerId: string,
): MayDecide {
  if (request.decided) return { kind: 'already_decided' };
  return request.receivedBy === officerId ? { kind: 'own_request' } : { kind: 'may_decide' };
}
