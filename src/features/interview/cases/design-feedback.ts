import { cheapestServing } from '../../../core/cases/cheapest.ts';
import { designWords, readStoredDesign } from '../../../core/cases/designs.ts';
import { shownNumber } from '../../../core/cases/draw.ts';
import { targetOf } from '../../../core/cases/open.ts';
import { type CaseStep, findingsOf, twistOf } from '../../../core/cases/play.ts';
import { type Finding, isAccepted } from '../../../core/cases/serving.ts';
import { formatGiB, formatUsd } from '../../../core/units.ts';
import type { Block } from '../../../spine/reply.ts';
import type { CaseSession } from './playing.ts';

const SIGNS = { meets: '✓', close: '≈', misses: '✗' } as const;

const WORDS: Readonly<Record<Finding['what'], { label: string; words(finding: Finding): string }>> =
  {
    memory: {
      label: 'Memory',
      words: ({ has, needs }) => `${formatGiB(needs)} of ${formatGiB(has)} on each GPU`,
    },
    throughput: {
      label: 'Throughput',
      words: ({ has, needs }) =>
        `${shownNumber(Number(has.toPrecision(3)))} requests per second, needs ${shownNumber(needs)}`,
    },
    firstToken: {
      label: 'First token',
      words: ({ has, needs }) =>
        `${shownNumber(Number(has.toPrecision(3)))} ms, limit ${shownNumber(needs)} ms`,
    },
    latency: {
      label: 'Latency',
      words: ({ has, needs }) =>
        `${shownNumber(Number(has.toPrecision(3)))} ms per token, limit ${shownNumber(needs)} ms`,
    },
    budget: {
      label: 'Budget',
      words: ({ has, needs }) => `${formatUsd(has)} of ${formatUsd(needs)} per hour`,
    },
  };

/** What a finding says in one line, for the card and the report. */
export const findingWords = (finding: Finding): string =>
  `${WORDS[finding.what].label.toLowerCase()}: ${WORDS[finding.what].words(finding)}`;

/** By how much a design holds or breaks, and the cheapest that would do. */
export function designFeedback({ playing }: CaseSession, step: CaseStep, value: string): Block[] {
  const { drawn, facts } = playing;
  const twist = twistOf(playing, step);
  const findings = findingsOf(playing, value, twist);
  const best = cheapestServing(targetOf(drawn, facts, twist), facts);
  const isClose = findings.some(({ verdict }) => verdict === 'close');
  return [
    {
      kind: 'text',
      text: isAccepted(findings) ? 'This design does what is asked.' : brokenWords(findings),
    },
    { kind: 'text', text: designWords(readStoredDesign(value, facts.gpus)) },
    {
      kind: 'fields',
      fields: findings.map((finding) => ({
        label: `${SIGNS[finding.verdict]} ${WORDS[finding.what].label}`,
        value: WORDS[finding.what].words(finding),
      })),
    },
    ...(best
      ? [
          {
            kind: 'text' as const,
            text: [
              { bold: `Cheapest that would do, ${formatUsd(best.usd)} per hour: ` },
              designWords(best.design),
            ],
          },
        ]
      : []),
    ...(isClose
      ? [
          {
            kind: 'note' as const,
            text: '≈ is close: what is needed lies in the likely range of the estimate, and it counts in full.',
          },
        ]
      : []),
  ];
}

function brokenWords(findings: readonly Finding[]): string {
  const broken = findings.filter(({ verdict }) => verdict === 'misses');
  return `This design breaks on: ${broken.map(({ what }) => WORDS[what].label.toLowerCase()).join(', ')}.`;
}
