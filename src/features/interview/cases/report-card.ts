import { causesLeft, minutesOf } from '../../../core/cases/incident.ts';
import { estimateOf, factsOf, findingsOf, twistOf } from '../../../core/cases/play.ts';
import { LEVELS, type Part, reportOf } from '../../../core/cases/report.ts';
import { formatNumber, formatPercent } from '../../../core/units.ts';
import type { Reply } from '../../../spine/reply.ts';
import { findingWords } from './design-feedback.ts';
import type { CaseSession } from './playing.ts';

/** What a hiring manager would read: the level, the rule that made it, and each part with its evidence. */
export function reportCard(session: CaseSession): Reply {
  const { playing, state } = session;
  const { played } = playing;
  const { parts, mean, least, level } = reportOf(played, state);
  return {
    title: `${played.title}: ${level.name}`,
    visibility: 'private',
    update: true,
    blocks: [
      {
        kind: 'fields',
        fields: parts.map(({ part, share }) => ({
          label: `${part} ${formatPercent(share)}`,
          value: EVIDENCE[part](session),
        })),
      },
      {
        kind: 'buttons',
        buttons: [
          ...played.study.map(({ label, run }) => ({ label, run })),
          { label: 'Another case', run: 'mock mode:case' },
        ],
      },
      {
        kind: 'note',
        text: `Mean ${formatPercent(mean)}, lowest part ${formatPercent(least)}. ${RULE} Only numbers and choices count.`,
      },
    ],
  };
}

const RULE = LEVELS.slice(0, -1)
  .map(({ name, mean, each }) =>
    [
      `${name}: mean ${formatPercent(mean)}`,
      ...(each > 0 ? [`every part ${formatPercent(each)}`] : []),
    ].join(', '),
  )
  .map((words) => `${words}.`)
  .join(' ');

const EVIDENCE: Readonly<Record<Part, (session: CaseSession) => string>> = {
  Scoping({ playing, state }) {
    const chosen = (state.answers.get('scope')?.value ?? '').split(',').filter(Boolean);
    const keys = factsOf(playing).filter(({ isKey }) => isKey);
    const hits = keys.filter(({ value }) => chosen.includes(value)).length;
    return `Asked ${hits} of the ${keys.length} questions that change the work, and ${chosen.length - hits} others.`;
  },
  Estimation({ playing, state }) {
    const { of = '' } = estimateOf(playing) ?? {};
    const truth = Number(playing.drawn[of]);
    const factor = Number(state.answers.get('estimate')?.value) / truth;
    const moves = state.answers.get('sensitivity')?.share === 1 ? 'right' : 'wrong';
    return `The estimate was ${formatNumber(factor, 'en', 2)}× the true figure. What moves: ${moves}.`;
  },
  Design(session) {
    const { playing, state } = session;
    const fix = state.answers.get('fix');
    if (fix) return `The fix was ${fix.share === 1 ? 'right' : 'wrong for this cause'}.`;
    const asked = (['design', 'twist-1', 'twist-2'] as const).map((step) => {
      const value = state.answers.get(step)?.value;
      const findings = value ? findingsOf(playing, value, twistOf(playing, step)) : [];
      return findings.filter(({ verdict }) => verdict === 'misses');
    });
    const held = asked.filter((broken) => broken.length === 0).length;
    const [first] = asked.flat();
    return `${held} of 3 designs hold.${first ? ` First that broke: ${findingWords(first)}.` : ''}`;
  },
  Debugging({ playing, state }) {
    const { played, drawn } = playing;
    if (played.kind === 'design')
      return `The first step under fire was ${state.answers.get('choice')?.share === 1 ? 'right' : 'wrong'}.`;
    const cause = String(drawn['cause']);
    const isRight = state.answers.get('cause')?.value === cause;
    const left = causesLeft(played, cause, state.checks).length - 1;
    return `${isRight ? 'Found' : "Didn't find"} the cause. Minutes: ${minutesOf(played, state.checks)}, checks: ${state.checks.length}, other causes still possible: ${left}.`;
  },
};
