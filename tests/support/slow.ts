/**
 * Whole programs, whole plays and whole data: they try in every case what `npm test` tries in some. A test
 * that is named here leaves `npm test`; tests/suites.test.ts makes sure that each runs in one suite.
 */
export const SLOW = [
  // The program and its tools, as somebody starts them.
  'tests/main*.test.ts',
  'tests/store/built-database.test.ts',
  'tests/adapters/mcp/mcp.test.ts',
  'tests/adapters/web/start.test.ts',
  'tests/files/files.test.ts',
  'tests/lab/{documents,lint-bank}.test.ts',
  'tests/tools/{backup,workspaces,examiner-card}.test.ts',
  // Five judges read 150 answers.
  'tests/examiner/card.test.ts',
  'tests/suites.test.ts',
  // Several processes on one database, one of them as a program.
  'tests/adapters/discord/shards.test.ts',
  // The whole bot for many workspaces, a dozen times.
  'tests/adapters/slack/installing/installing.test.ts',
  // Every reply and every button, and every command that a reply names, entered on every platform.
  'tests/adapters/web/gallery.test.ts',
  'tests/buttons.test.ts',
  'tests/features/estimates/commands/limits.test.ts',
  // Every sentence of every table, on a team's database.
  'tests/spine/grammar/every-table.test.ts',
  // Every name of a model beside contexts, formats and cards.
  'tests/spine/grammar/estimates/cross-product.test.ts',
  // Every item of the bank.
  'tests/catalog.test.ts',
  'tests/limits.test.ts',
  'tests/features/bank/commands/question-exchange.test.ts',
  'tests/core/questions/generators/generators.test.ts',
  // A thousand seeds of every case.
  'tests/core/cases/all-seeds.test.ts',
  // Answers by the ten thousand.
  'tests/store/many-answers.test.ts',
  // Two months of a hundred people's cards.
  'tests/features/practice/queries/loop.test.ts',
  // Labelled, true and right answers by the hundred.
  'tests/core/grading/{contrast,fairness,figures}.test.ts',
  // Long plays on every platform; the daily question is played in `npm test`.
  // A restart in the middle of each delivery.
  'tests/adapters/slack/redelivery.test.ts',
  'tests/scenarios/{calculators,crawl-far,live,live-many,mock,mock-answers,mock-room,open-daily,peer,practice,switching}.test.ts',
];
