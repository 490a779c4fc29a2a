import { parseArgs } from 'node:util';
import { readBank } from '../core/questions/read-bank.ts';
import { bankFiles } from './bank-lint/bank-files.ts';
import { ALLOWED_ABOVE_CHANCE, type GuessResult, guessAll, guessTuned } from './bank-lint/guess.ts';

/** Answers the choice items with nothing but test-taking tricks; fails when one of them works. */
function guessBank(): void {
  const { values } = parseArgs({
    options: { chapter: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const { questions, problems } = readBank(bankFiles());
  const items = questions.flatMap((question) =>
    'options' in question && (!values.chapter || question.chapter === Number(values.chapter))
      ? question
      : [],
  );
  const results = guessAll(items);
  const tuned = guessTuned(items);
  const tooGood = results.filter(({ aboveChance }) => aboveChance > ALLOWED_ABOVE_CHANCE);

  if (values.json) {
    console.log(JSON.stringify({ results, tuned, tooGood: tooGood.map(({ name }) => name) }));
  } else {
    console.log(`${items.length} choice items; ${problems.length} problems kept others out\n`);
    console.log(['trick', 'speaks', 'score', 'chance', 'above'].map(cell).join(''));
    for (const result of results) console.log(row(result));
    console.log(`\nFor information, no limit: weights learnt from the keys\n${row(tuned)}`);
    console.log(
      tooGood.length === 0
        ? `\nNo trick beats chance by more than ${ALLOWED_ABOVE_CHANCE} points.`
        : `\n${tooGood.length} tricks beat chance by more than ${ALLOWED_ABOVE_CHANCE} points.`,
    );
  }
  process.exitCode = tooGood.length === 0 ? 0 : 1;
}

function row({ name, speaks, score, chance, aboveChance }: GuessResult): string {
  const percent = (value: number) => `${value.toFixed(1)} %`;
  const above = `${aboveChance > 0 ? '+' : ''}${aboveChance.toFixed(1)}`;
  return [name, String(speaks), percent(score), percent(chance), above].map(cell).join('');
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(26) : text.padStart(10);
}

guessBank();
