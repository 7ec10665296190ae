import { writeFileSync } from 'node:fs';
import { GENERATED } from './pages.ts';

/** `npm run docs:generate`: prints the generated pages of docs/ anew. */
for (const [file, print] of Object.entries(GENERATED)) {
  writeFileSync(file, print());
  process.stdout.write(`${file}\n`);
}
