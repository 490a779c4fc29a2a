import type { Config } from '../config.ts';
import type { Catalog } from '../core/catalog.ts';
import { failuresOf } from '../core/interview/examiner.ts';
import { labelOf } from '../examiner/card.ts';
import { readCardAnswers } from '../examiner/card-run.ts';
import { openOrMake } from './copies/configured.ts';
import { CARD_ANSWERS, freshExaminers } from './examining.ts';

type Finding = { isWell: boolean; words: string };

/** Asks the examiner about one answer whose labels are known, and says what it took and what was measured of it. */
export async function examinerFindings(config: Config, catalog: Catalog): Promise<Finding[]> {
  let failure = '';
  const fresh = freshExaminers(config, (error) => {
    failure = error instanceof Error ? error.message : String(error);
  });
  const known = readCardAnswers(CARD_ANSWERS, catalog.freeText).find((each) => labelOf(each) === 1);
  if (!fresh || !known) return [];
  const { question, answer } = known;
  const { examiner, used } = fresh();
  const start = performance.now();
  const { opinion, trouble } = await examiner.examine({
    question,
    answer,
    gradeOffline: (part) => catalog.grade(question, part),
    person: 'doctor',
    team: 'doctor',
  });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { name } = examiner;
  if (!opinion) {
    const why = trouble === 'invented' ? 'it quoted nothing from the answer' : failure;
    return [{ isWell: false, words: `${name} gave no verdict in ${seconds} s: ${why}.` }];
  }
  const { sent, written } = used();
  const where = examiner.isLocal ? 'stay on this machine' : 'leave this machine';
  return [
    {
      isWell: opinion.score > 0.5,
      words: `${name} read an answer in ${seconds} s, with ${sent} tokens in and ${written} out, and gave it ${Math.round(opinion.score * 100)}% (labeled 100%). Answers ${where}.`,
    },
    await measured(config, examiner),
  ];
}

async function measured(
  config: Config,
  { name, prompt }: { name: string; prompt: number },
): Promise<Finding> {
  const { store, close } = await openOrMake(config);
  const card = await store.examinerCard(name, prompt);
  await close();
  if (!card)
    return {
      isWell: true,
      words:
        'Not measured yet. Run npm run examiner:card, 250 requests, to see whether it passes the floor and what it costs.',
    };
  const failures = failuresOf(card);
  return failures.length === 0
    ? { isWell: true, words: `Its verdicts pass the floor (κ ${card.kappa.toFixed(2)}).` }
    : {
        isWell: false,
        words: `Below the floor: ${failures.join('; ')}. It may ask and comment, and the built-in grades count.`,
      };
}
