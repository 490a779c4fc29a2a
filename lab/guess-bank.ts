import { parseArgs } from 'node:util';
import { readCatalog } from '../src/catalog.ts';
import { readBank } from '../src/core/questions/read-bank.ts';
import { bankFiles } from './bank-lint/bank-files.ts';
import { ALLOWED_ABOVE_CHANCE, type GuessResult, guessAll, guessTuned } from './bank-lint/guess.ts';
import { type DrawnGuess, drawnHabits, guessDrawn } from './bank-lint/guess-drawn.ts';

/** Draws of each kind: places are known to about 2.5 points. */
const DRAWS = 300;

/** Answers the choice items, shipped and generated, with nothing but test-taking tricks; fails when one of them works. */
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
  const drawn = readCatalog()
    .catalog.generators.filter(
      ({ format, chapter }) =>
        format === 'single' && (!values.chapter || chapter === Number(values.chapter)),
    )
    .map((generator) => guessDrawn(generator, DRAWS));
  const habits = drawn.flatMap(drawnHabits);
  const tooGood = results.filter(({ aboveChance }) => aboveChance > ALLOWED_ABOVE_CHANCE);

  if (values.json) {
    const names = tooGood.map(({ name }) => name);
    console.log(JSON.stringify({ results, tuned, drawn, tooGood: [...names, ...habits] }));
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
    printDrawn(drawn, habits);
  }
  process.exitCode = tooGood.length + habits.length === 0 ? 0 : 1;
}

function printDrawn(drawn: readonly DrawnGuess[], habits: readonly string[]): void {
  console.log(
    '\nGenerated choices: places A to D, found by ratios; for information, by draws seen before',
  );
  for (const { id, places, byRatio, learned } of drawn)
    console.log(
      [id, ...[...places, byRatio, learned].map((share) => `${share.toFixed(0)} %`)]
        .map(cell)
        .join(''),
    );
  console.log(
    habits.length === 0 ? '\nNo kind of generated choice has a habit.' : `\n${habits.join('\n')}`,
  );
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
