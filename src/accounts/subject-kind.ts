/** Who an account may belong to (Decree 69/2024 art. 7). */
export type SubjectKind = 'citizen' | 'foreigner' | 'organisation';
