import { lifecyclePage } from './lifecycle-page.ts';
import { permissionsPage } from './permissions-page.ts';

/** Every page of docs/ that is printed from a table of the program, by its file. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  'docs/lifecycle.md': lifecyclePage,
  'docs/permissions.md': permissionsPage,
};
