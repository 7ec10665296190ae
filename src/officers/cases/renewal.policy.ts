/** Why a holder did not activate in seven days, as the help desk notes it. */
export const RENEWAL_REASONS = ['no_message', 'away', 'no_device', 'forgot', 'other'] as const;
