import { parseArgs } from 'node:util';
import { readCatalog } from '../catalog.ts';
import { readConfig } from '../config.ts';
import { plainKappa } from '../core/grading/agreement.ts';
import { failuresOf } from '../core/interview/examiner.ts';
import { cardOf, cardText } from '../examiner/card.ts';
import { readAll, readCardAnswers } from '../examiner/card-run.ts';
import { DatabaseError } from '../store/database-error.ts';
import { openOrMake } from './copies/configured.ts';
import { CARD_ANSWERS, freshExaminers, parsePrice } from './examining.ts';

/**
 * Measures the examiner on 150 labeled answers, prints its judge card, and keeps it for `setup examiner`; exit 1 when it is
 * below the floor.
 *
 *     npm run -s examiner:card
 *     npm run -s examiner:card -- --price 0.25,2
 */
const { values } = parseArgs({ options: { price: { type: 'string' } } });

async function measure(): Promise<number> {
  const read = readConfig();
  if ('problems' in read) {
    for (const { variable, message } of read.problems) console.error(`${variable} ${message}`);
    return 2;
  }
  const failures = new Map<string, number>();
  const fresh = freshExaminers(read.config, (error) => {
    const text = error instanceof Error ? error.message : String(error);
    failures.set(text, (failures.get(text) ?? 0) + 1);
  });
  if (!fresh) {
    console.error('EXAMINER is missing. Set it to a model, like EXAMINER=ollama/qwen3:8b.');
    return 2;
  }
  const { catalog } = readCatalog();
  const answers = readCardAnswers(CARD_ANSWERS, catalog.freeText);
  const [first, second] = [answers.map((each) => each.first), answers.map((each) => each.second)];
  const readings = await readAll(answers, {
    fresh,
    gradeOffline: catalog.grade,
    now: () => performance.now(),
    onRead: (count) => count % 10 === 0 && process.stderr.write(`${count} answers read\n`),
  });
  const card = cardOf(readings);
  const { name, prompt } = fresh().examiner;
  const labels = plainKappa(first.join(''), second.join(''));
  console.log(cardText(card, { name, prompt, labels, price: parsePrice(values.price) }));
  for (const [text, count] of failures) console.log(`  ${count} times: ${text}`);
  const { store, close } = await openOrMake(read.config);
  const { kappa, wrongAsGood, read: share } = card;
  await store.saveExaminerCard({ name, prompt, kappa, wrongAsGood, read: share, at: new Date() });
  await close();
  return failuresOf(card).length === 0 ? 0 : 1;
}

try {
  process.exitCode = await measure();
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
