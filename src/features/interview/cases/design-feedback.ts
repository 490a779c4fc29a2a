import { type Finding, isAccepted } from '../../../core/cases/checker.ts';
import { type CaseStep, checkerOf, findingsOf, twistOf } from '../../../core/cases/play.ts';
import { formatUsd } from '../../../core/units.ts';
import type { Block } from '../../../spine/reply.ts';
import type { CaseSession } from './playing.ts';

const SIGNS = { meets: '✓', close: '≈', misses: '✗' } as const;

/** What a finding says in one line, for the report. */
export const findingWords = ({ label, words }: Finding): string =>
  `${label.toLowerCase()}: ${words}`;

/** By how much a design holds or breaks, and the cheapest that would do. */
export function designFeedback({ playing }: CaseSession, step: CaseStep, value: string): Block[] {
  const { drawn, facts } = playing;
  const twist = twistOf(playing, step);
  const findings = findingsOf(playing, value, twist);
  const checker = checkerOf(playing);
  const best = checker.cheapest({ drawn, facts, twist });
  return [
    {
      kind: 'text',
      text: isAccepted(findings) ? acceptedWords(findings) : brokenWords(findings),
    },
    { kind: 'text', text: checker.words(value, facts) },
    {
      kind: 'fields',
      fields: findings.map((finding) => ({
        label: `${SIGNS[finding.verdict]} ${finding.label}`,
        value: finding.words,
      })),
    },
    ...(best
      ? [
          {
            kind: 'text' as const,
            text: [
              { bold: `Cheapest that would do, ${formatUsd(best.usd)} ${checker.per}: ` },
              checker.words(best.stored, facts),
            ],
          },
        ]
      : []),
  ];
}

const acceptedWords = (findings: readonly Finding[]) =>
  findings.some(({ verdict }) => verdict === 'close')
    ? 'This design holds within the error of the estimates (≈), which counts in full.'
    : 'This design does what is asked.';

function brokenWords(findings: readonly Finding[]): string {
  const broken = findings.filter(({ verdict }) => verdict === 'misses');
  return `This design breaks on: ${broken.map(({ label }) => label.toLowerCase()).join(', ')}.`;
}
