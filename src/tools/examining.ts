import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Fresh } from '../examiner/card-run.ts';
import { createExaminer } from '../examiner/examine.ts';
import { DATA } from '../paths.ts';

/** The answers that an examiner is measured by. */
export const CARD_ANSWERS = `${DATA}grading/answers/dev-h.yaml`;

/** Examiners for one request each, at the endpoint that is set. */
export function freshExaminers(
  { EXAMINER, EXAMINER_KEY: key }: Pick<Config, 'EXAMINER' | 'EXAMINER_KEY'>,
  onFailure: (error: unknown) => void,
): Fresh | undefined {
  if (!EXAMINER) return undefined;
  return () => {
    const total = { sent: 0, written: 0, requests: 0 };
    const examiner = createExaminer({
      endpoint: { ...EXAMINER, key },
      clock: { now: () => new Date() },
      nonce: randomUUID,
      onFailure,
      onUsage({ sent, written, requests }) {
        total.sent += sent;
        total.written += written;
        total.requests += requests;
      },
    });
    return { examiner, used: () => total };
  };
}

/** Dollars a million tokens in and out, as `0.25,2`; undefined when it isn't that. */
export function parsePrice(text: string | undefined): readonly [number, number] | undefined {
  const [sent, written, ...rest] = (text ?? '').split(',').map(Number);
  const isPrice = sent !== undefined && written !== undefined && sent >= 0 && written >= 0;
  return isPrice && rest.length === 0 ? [sent, written] : undefined;
}
