/** NIST SP 800-63B-4, 3.1.3; OWASP ASVS 5.0, 6.6: six digits, short-lived, single use, few tries. */
export const SMS_CODE = { digits: 6, lifeSeconds: 5 * 60, tries: 5 } as const;
