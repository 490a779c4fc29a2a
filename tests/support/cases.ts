import { readdirSync, readFileSync } from 'node:fs';
import { type Drawn, fillIn, shownIn } from '../../src/core/cases/draw.ts';
import type { Case } from '../../src/core/cases/schema.ts';
import { caseSchema } from '../../src/core/cases/schema.ts';
import { readTable } from '../../src/core/questions/read-table.ts';
import { GPUS, LATENCY, MODELS } from '../core/calculators/models/known.ts';

const FOLDER = 'data/cases/';

/** The cases of the repository. */
export const CASES: readonly Case[] = readdirSync(FOLDER)
  .sort()
  .flatMap((name) => {
    const { rows, problems } = readTable(
      { file: name, text: readFileSync(`${FOLDER}${name}`, 'utf8') },
      caseSchema,
    );
    if (problems.length > 0) throw new Error(JSON.stringify(problems));
    return rows;
  });

/** What the calculators know. */
export const CASE_FACTS = { models: MODELS, gpus: GPUS, latency: LATENCY };

/** Every text of one playing, filled in. */
export function textsOf(played: Case, drawn: Drawn): string[] {
  const cause = String(drawn['cause']);
  const own =
    played.kind === 'design'
      ? []
      : [
          ...played.log.map((line) => shownIn(line, cause)),
          ...played.metrics.flatMap(({ before, now }) => [before, shownIn(now, cause)]),
          ...played.diff.map((line) => shownIn(line, cause)),
          ...played.checks.map(({ shows }) => shownIn(shows, cause)),
          ...played.causes.map(({ price }) => price),
        ];
  return [
    played.brief,
    ...played.facts.map(({ say }) => say),
    ...played.estimates.flatMap(({ ask, why }) => [ask, why]),
    ...played.sensitivities.flatMap(({ ask, why }) => [ask, why]),
    ...own,
  ].map((text) => fillIn(text, drawn));
}
