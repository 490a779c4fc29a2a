import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chartSvg } from '../src/pictures/svg.ts';
import { runExam } from './practice-proof/exam.ts';
import { calibrationChart, examReport } from './practice-proof/report.ts';
import { EXAM, MODELS } from './practice-proof/settings.ts';

/**
 * What simulated learners remember at the date of their interview:
 *
 *     npm run lab bench-practice               prints the tables
 *     npm run lab bench-practice -- --docs     writes them into docs/practice.md, and the pictures beside it
 */
const DOC = new URL('../docs/practice.md', import.meta.url);

const { values } = parseArgs({ options: { docs: { type: 'boolean', default: false } } });
const results = new Map(
  Object.entries(MODELS).map(([name, model]) => [name, runExam(name, model, EXAM)] as const),
);
const text = examReport(results, EXAM);
process.stdout.write(`${text}\n`);
if (values.docs) {
  const old = readFileSync(DOC, 'utf8');
  writeFileSync(
    DOC,
    old.replace(
      /(<!-- figures -->\n)[\s\S]*(<!-- end -->)/,
      (_, open: string, close: string) => `${open}\n${text}\n\n${close}`,
    ),
  );
  for (const [name, result] of results)
    writeFileSync(
      new URL(`pictures/practice-${name.replaceAll(' ', '-')}.svg`, DOC),
      chartSvg(calibrationChart(name, result), 'light'),
    );
}
