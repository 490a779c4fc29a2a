import {
  HINT_PRICES,
  type ItemReport,
  LEVELS,
  levelOf,
  type PointReport,
  type Report,
} from '../core/interview/report.ts';
import {
  currentExchange,
  currentItem,
  type InterviewPlan,
  type State,
} from '../core/interview/session.ts';
import type { SpokenQuestion } from '../core/questions/schema.ts';
import { cut, promptBlocks } from './question-card.ts';
import type { Block, Button, Inline, Reply, Text } from './reply.ts';

/** Where a card stands: the interview and how many turns it had, so that a second press is known. */
export type CardAt = { interview: number; at: number };

const run = (command: string, { interview, at }: CardAt) =>
  `mock ${command} interview:${interview} at:${at}`;

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** What an interview begins with, in its room. */
export function introCard(plan: InterviewPlan, at: CardAt): Reply {
  const feedback =
    plan.style === 'coaching'
      ? 'After each question you hear what was recognised and what was not.'
      : 'There is no feedback before the end, as in a real interview.';
  return {
    title: 'Mock interview',
    blocks: [
      {
        kind: 'text',
        text: `${plan.questions.length} questions in ${plan.minutes} minutes. ${feedback} Take your time to think; the clock starts when you press Begin.`,
      },
      {
        kind: 'text',
        text: `Answer with the button, or write a message and choose "Use as my answer" on it. Hints cost ${HINT_PRICES.map(percent).join(', then ')} of a question.`,
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Begin', run: run('go', at), style: 'primary' },
          { label: 'Not now', run: run('end', at) },
        ],
      },
    ],
  };
}

/** The question or follow-up that awaits an answer. */
export function askCard(state: State, question: SpokenQuestion, at: CardAt): Reply {
  const item = currentItem(state);
  const exchange = currentExchange(state);
  const number = state.items.length;
  const of = state.plan.questions.length;
  const isFollowUp = (exchange?.depth ?? 0) > 0;
  const blocks: Block[] = isFollowUp
    ? [{ kind: 'text', text: exchange?.ask ?? '' }]
    : promptBlocks(question);
  for (const [index, hint] of question.hints.slice(0, item?.hints ?? 0).entries())
    blocks.push({ kind: 'text', text: [{ bold: `Hint ${index + 1}: ` }, hint] });
  blocks.push({ kind: 'buttons', buttons: askButtons(item?.hints ?? 0, isFollowUp, at) });
  blocks.push({ kind: 'note', text: timeNote(state) });
  return {
    title: isFollowUp
      ? `Question ${number}, follow-up`
      : `Question ${number} of ${of}: ${item?.round ?? ''}`,
    blocks,
  };
}

function askButtons(hints: number, isFollowUp: boolean, at: CardAt): Button[] {
  const price = HINT_PRICES[hints];
  return [
    { label: 'Answer', run: run('answer', at).replace(/ at:\d+$/, ''), style: 'primary' },
    ...(price !== undefined && !isFollowUp
      ? [{ label: `Hint (costs ${percent(price)})`, run: `${run('hint', at)} number:${hints + 1}` }]
      : []),
    { label: isFollowUp ? 'Leave it' : 'Skip', run: run('skip', at) },
    { label: 'Pause', run: run('pause', at) },
    { label: 'End', run: run('end', at) },
  ];
}

function timeNote(state: State): Text {
  if (!state.isTimed) return 'No timer.';
  return state.endsAt
    ? ['The time ends ', { time: state.endsAt, show: 'clock' }, '.']
    : 'The clock has not started.';
}

/** An answer is there and can still be taken back. */
export function answeredCard(state: State, at: CardAt): Reply {
  const answer = currentExchange(state)?.answer ?? '';
  const words = answer.split(/\s+/).filter(Boolean).length;
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          { bold: `Your answer, ${words === 1 ? 'one word' : `${words} words`}: ` },
          cut(answer, 600),
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Go on', run: run('go', at), style: 'primary' },
          { label: 'Take it back', run: run('back', at) },
        ],
      },
    ],
  };
}

export function pausedCard(at: CardAt): Reply {
  return {
    title: 'Paused',
    blocks: [
      {
        kind: 'text',
        text: 'The clock stands still. Come back whenever you like; after a week without a word the interview closes with a report of what there is.',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Resume', run: run('resume', at), style: 'primary' },
          { label: 'End', run: run('end', at) },
        ],
      },
    ],
  };
}

export function timeOverCard(at: CardAt): Reply {
  return {
    title: 'The time is over',
    blocks: [
      {
        kind: 'text',
        text: 'You can stop here with a report, take ten more minutes, or go on without a timer (the report then says untimed, and nothing is held against you).',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'See the report', run: run('end', at), style: 'primary' },
          { label: 'Ten more minutes', run: `${run('time', at)} action:extend` },
          { label: 'No timer', run: `${run('time', at)} action:off` },
        ],
      },
    ],
  };
}

/** What was recognised in one question, in words that follow the certainty. */
export function feedbackCard(
  item: ItemReport,
  index: number,
  at: CardAt,
  more: { isLast: boolean; unsure: PointReport[] },
): Reply {
  return {
    title: item.isSkipped
      ? `Question ${index + 1}: skipped`
      : `Question ${index + 1}: ${LEVELS[levelOf(item.score)]}`,
    blocks: [
      ...feedbackBlocks(item),
      ...tickBlock(item, index, at, more.unsure),
      {
        kind: 'buttons',
        buttons: [
          {
            label: more.isLast ? 'See the report' : 'Next question',
            run: run('go', at),
            style: 'primary',
          },
          { label: 'Model answer', run: `mock model interview:${at.interview} item:${index + 1}` },
          {
            label: 'A verdict is wrong',
            run: `mock contest interview:${at.interview} item:${index + 1}`,
          },
          { label: 'Pause', run: run('pause', at) },
        ],
      },
    ],
  };
}

export function feedbackBlocks(
  item: Pick<ItemReport, 'points' | 'redFlags' | 'followUps'>,
): Block[] {
  const by = (verdict: PointReport['verdict']) =>
    item.points.filter((point) => point.verdict === verdict);
  const blocks: Block[] = [];
  for (const point of by('covered'))
    blocks.push({ kind: 'text', text: [{ bold: '✓ ' }, point.text, ...said(point)] });
  for (const point of by('partly'))
    blocks.push({ kind: 'text', text: [{ bold: '◐ Partly: ' }, point.text, ...said(point)] });
  for (const point of by('contradicted'))
    blocks.push({
      kind: 'text',
      text: [{ bold: '✗ I read the opposite: ' }, point.text, ...said(point)],
    });
  for (const point of by('missed'))
    blocks.push({
      kind: 'text',
      text: [
        { bold: point.isSelfAssessed ? '☑ By your own word: ' : '○ I did not recognise: ' },
        point.text,
      ],
    });
  for (const flag of item.redFlags)
    blocks.push({ kind: 'text', text: [{ bold: '✗ Not so: ' }, flag] });
  for (const { ask, expect, isWon } of item.followUps)
    blocks.push({
      kind: 'text',
      text: [
        { bold: isWon ? '✓ Follow-up: ' : '○ Follow-up: ' },
        `${ask} `,
        { italic: `A good answer: ${expect}` },
      ],
    });
  return blocks;
}

function said({ evidence }: PointReport): Inline[] {
  return evidence ? [' ', { italic: `(you: "${cut(evidence, 140)}")` }] : [];
}

function tickBlock(item: ItemReport, index: number, at: CardAt, unsure: PointReport[]): Block[] {
  if (unsure.length === 0 || item.isSkipped) return [];
  return [
    {
      kind: 'select',
      label: 'Did you say one of these?',
      run: `mock tick interview:${at.interview} item:${index + 1}`,
      option: 'points',
      choices: unsure.map((point) => ({ label: cut(point.text, 75), value: point.id })),
      min: 1,
      max: unsure.length,
    },
  ];
}

/** The report of a finished interview. */
export function reportReply(report: Report, view: ReportView): Reply {
  const { items } = report;
  const blocks: Block[] = [
    {
      kind: 'text',
      text: [
        {
          bold: `${capital(LEVELS[report.level] ?? '')}: ${percent(report.score)} of what was asked. `,
        },
        lead(report),
      ],
    },
    {
      kind: 'fields',
      fields: report.dimensions.map(({ name, level, why }) => ({
        label: name,
        value: level === undefined ? why : `${level} of 4, ${LEVELS[level]}. ${why}`,
      })),
    },
    {
      kind: 'table',
      caption: 'Question by question',
      columns: [
        { label: 'No.', align: 'right' },
        { label: 'Round' },
        { label: 'Question' },
        { label: 'Score', align: 'right' },
        { label: 'Time', align: 'right' },
        { label: 'Hints', align: 'right' },
      ],
      rows: items.map((item, index) => [
        String(index + 1),
        item.round,
        cut(item.question.prompt, 44),
        item.isSkipped ? 'skipped' : percent(item.score),
        minutes(item.ms),
        String(item.hints),
      ]),
    },
    ...missedBlocks(items, view),
    ...chapterChart(report, view),
    ...nextBlocks(view),
    ...comparison(report, view),
    {
      kind: 'file',
      name: `mock-interview-${view.interview}.md`,
      mime: 'text/markdown',
      content: reportMarkdown(report, view),
    },
    {
      kind: 'buttons',
      buttons: [
        { label: 'Share it', run: `mock share interview:${view.interview}` },
        { label: 'Another one', run: 'mock solo' },
        { label: 'Delete it', run: `mock delete interview:${view.interview}`, style: 'danger' },
      ],
    },
    { kind: 'note', text: gradedNote(report) },
  ];
  return { title: 'Your report', blocks };
}

function gradedNote({ judged }: Report): string {
  const how =
    judged.by === 0
      ? 'Graded offline by matching words: it can miss a right answer said in other words.'
      : judged.by === judged.of
        ? 'Graded point by point by the language model that this team has set up; its quotes were checked.'
        : `${judged.by} of ${judged.of} answers graded by the language model that this team has set up, the others offline.`;
  return `${how} Points by your own word never count on a board.`;
}

export type ReportView = {
  interview: number;
  chapterTitle(chapter: number): string;
  next: SpokenQuestion[];
  /** Scores of earlier interviews, newest first, 0 to 1. */
  earlier: number[];
};

function lead(report: Report): string {
  const skipped = report.items.filter(({ isSkipped }) => isSkipped).length;
  const parts = [
    `${report.items.length} ${report.items.length === 1 ? 'question' : 'questions'} in ${minutes(report.ms)}`,
    report.isTimed ? (report.isOverTime ? 'over the time' : 'within the time') : 'untimed',
    ...(report.hints > 0 ? [`${report.hints} ${report.hints === 1 ? 'hint' : 'hints'}`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${parts.join(', ')}.`;
}

function missedBlocks(items: readonly ItemReport[], view: ReportView): Block[] {
  const missed = items.flatMap((item) =>
    item.points
      .filter(
        ({ verdict, isSelfAssessed }) =>
          (verdict === 'missed' || verdict === 'contradicted') && !isSelfAssessed,
      )
      .map((point) => ({ item, point })),
  );
  if (missed.length === 0) return [];
  const shown = missed.sort((a, b) => b.point.weight - a.point.weight).slice(0, 5);
  return [
    { kind: 'text', text: { bold: 'Worth another look' } },
    ...shown.map(
      ({ item, point }): Block => ({
        kind: 'text',
        text: `• ${point.text} (chapter ${item.question.chapter}, ${view.chapterTitle(item.question.chapter)})`,
      }),
    ),
  ];
}

function chapterChart(report: Report, view: ReportView): Block[] {
  if (report.chapters.length < 2) return [];
  const bars = report.chapters.map(({ chapter, score }) => ({
    label: view.chapterTitle(chapter),
    segments: [{ label: 'score', value: Math.round(score * 100) }],
  }));
  return [
    {
      kind: 'chart',
      chart: { shape: 'bars', title: 'By chapter', unit: '%', bars },
      alt: `By chapter: ${bars.map(({ label, segments }) => `${label} ${segments[0]?.value ?? 0} %`).join('; ')}`,
    },
  ];
}

function nextBlocks({ next }: ReportView): Block[] {
  if (next.length === 0) return [];
  return [
    { kind: 'text', text: { bold: 'Try next' } },
    ...next.map(
      (question): Block => ({
        kind: 'text',
        text: `• ${cut(question.prompt, 140)} (${question.difficulty})`,
      }),
    ),
  ];
}

function comparison(report: Report, { earlier }: ReportView): Block[] {
  const [last] = earlier;
  if (last === undefined) return [];
  const change = Math.round((report.score - last) * 100);
  const words =
    change === 0 ? 'the same as' : `${Math.abs(change)} points ${change > 0 ? 'above' : 'below'}`;
  return [
    {
      kind: 'text',
      text: `That is ${words} your last interview (${percent(last)}); your best so far is ${percent(Math.max(report.score, ...earlier))}.`,
    },
  ];
}

/** The report as a file to keep. */
export function reportMarkdown(report: Report, view: ReportView): string {
  const lines = [
    `# Mock interview ${view.interview}`,
    '',
    `${capital(LEVELS[report.level] ?? '')}: ${percent(report.score)}. ${lead(report)}`,
    '',
    ...report.dimensions.map(
      ({ name, level, why }) => `- ${name}: ${level === undefined ? '' : `${level} of 4. `}${why}`,
    ),
  ];
  for (const [index, item] of report.items.entries()) {
    lines.push(
      '',
      `## ${index + 1}. ${item.round}: ${item.isSkipped ? 'skipped' : percent(item.score)}`,
      '',
      item.question.prompt,
      '',
    );
    for (const point of item.points)
      lines.push(
        `- ${point.isSelfAssessed ? 'own word' : point.verdict}: ${point.text}${point.evidence ? ` ("${point.evidence}")` : ''}`,
      );
    for (const flag of item.redFlags) lines.push(`- not so: ${flag}`);
    for (const { ask, expect, isWon } of item.followUps)
      lines.push(`- follow-up${isWon ? '' : ' (not recognised)'}: ${ask} A good answer: ${expect}`);
    lines.push('', `Model answer: ${item.question.modelAnswer}`);
  }
  return `${lines.join('\n')}\n`;
}

function minutes(ms: number): string {
  const whole = Math.floor(ms / 60_000);
  return `${whole}:${String(Math.round((ms % 60_000) / 1000)).padStart(2, '0')}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
