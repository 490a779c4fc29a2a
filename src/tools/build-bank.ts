import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readLexicon, readYaml } from '../catalog.ts';

/** Validates the bank and the lexicon and leaves them in `dist/`, where they load in a fraction of the time. */
const { bank, problems } = readYaml();
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
const leave = (name: string, content: unknown) =>
  writeFileSync(
    fileURLToPath(new URL(`../../dist/${name}`, import.meta.url)),
    JSON.stringify(content),
  );
leave('bank.json', bank);
leave('lexicon.json', readLexicon());
process.stdout.write(`dist/bank.json: ${bank.questions.length} questions\n`);
