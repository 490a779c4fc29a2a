import { type Block, plain, type Reply, type Text } from '../../../src/spine/reply.ts';
import type { Message, Seen } from '../stage.ts';

/** What a person met that leads nowhere, or should not have been met at all. */
export type Finding = { rule: Rule; by: string; gesture: string; seen: string };

export type Rule =
  | 'error reference'
  | 'unknown command'
  | 'unanswered'
  | 'late'
  | 'unchanged'
  | 'public secret'
  | 'own place in public'
  | 'no way on'
  | 'protocol';

/** One gesture and what came of it. */
export type Met = {
  by: string;
  gesture: string;
  /** The card of which a control was used, and whether it was used for the first time. */
  pressed?: Message | undefined;
  isFirst: boolean;
  seen: Seen;
  reply: Reply | undefined;
  cpuMs: number;
};

const REFERENCE = /\(?Code: [\w-]{4,}|send code [\w-]{4,}|isn't responding as expected/;
const UNKNOWN = /Unknown command|This button has expired|This command was removed/;

/** Asking again for what another may have changed meanwhile, or what is wrong outside of the bot. */
const MAY_STAY = /^(Retry|Try again|Go to interview|Continue|Resume|Show|See|Refresh)/;

/** Says in words what to do next. */
const INSTRUCTS = /\b(Select|Enter|Try|Ask|Add|Use|Attach|Send|Choose|Invite|Tell)\b/;

/** Last words of what is over: facts after which nothing more is to be done there. */
const OVER = [
  /(deleted|removed|saved|sent|shared|closed|posted|undone|skipped|canceled|hidden|reset|added|approved|declined|withdrawn|back)\b/i,
  /^(Turned off|Thanks|Posting|Got it|Accepted|Already|Resumed|Paused|Answer received|Practice)/,
  /(already|is over|time zone is now|on the leaderboards again|is here|You left|joined|default GPU)/i,
  /(isn't yours|not part of|Only .* admins? can|can't undo|wasn't|didn't|isn't|don't|can't|haven't|no longer|Only the)/,
  /^(I've|I'll|You've|Your) /,
];

/** Everything that is wrong with what came of a gesture. */
export function findingsIn(met: Met, limits: { lateMs: number }): Finding[] {
  const { by, gesture, seen, reply } = met;
  const text = textOf(seen);
  const found = (rule: Rule): Finding => ({ rule, by, gesture, seen: text.slice(0, 300) });
  const findings: Finding[] = [];
  if (REFERENCE.test(text)) findings.push(found('error reference'));
  if (UNKNOWN.test(text)) findings.push(found('unknown command'));
  if (met.cpuMs > limits.lateMs) findings.push(found('late'));
  if (isUnchanged(met)) findings.push(found('unchanged'));
  if (seen.kind === 'message' && !seen.isPrivate && /\(you\)/.test(text))
    findings.push(found('own place in public'));
  if (seen.kind === 'message' && reply && !hasWayOn(seen, reply)) findings.push(found('no way on'));
  return findings;
}

/** The card is as it was, although it was used for the first time by somebody for whom it was shown. */
function isUnchanged({ pressed, isFirst, seen, gesture }: Met): boolean {
  if (!pressed || !isFirst || seen.kind !== 'message' || !seen.replaced) return false;
  const label = gesture.replace(/^press /, '');
  return !MAY_STAY.test(label) && looksOf(seen) === looksOf(pressed);
}

const looksOf = ({ text, buttons, selects, files }: Message): string =>
  JSON.stringify([text, buttons, selects, files]);

function hasWayOn(seen: Message, reply: Reply): boolean {
  if (seen.buttons.length + seen.selects.length + seen.files.length > 0) return true;
  if (namedIn(reply).length > 0) return true;
  const isContent = reply.blocks.some(({ kind }) =>
    ['table', 'chart', 'fields', 'code'].includes(kind),
  );
  return (
    isContent ||
    reply.title !== undefined ||
    INSTRUCTS.test(seen.text) ||
    OVER.some((last) => last.test(seen.text))
  );
}

export function textOf(seen: Seen): string {
  if (seen.kind === 'message') return seen.text;
  return [seen.title, seen.problem ?? '', ...seen.fields.map(({ label }) => label)].join('\n');
}

/** The command lines that a reply names. */
export function namedIn(reply: Reply): string[] {
  return reply.blocks.flatMap((block) => textsOf(block).flatMap(commandsIn));
}

function textsOf(block: Block): Text[] {
  switch (block.kind) {
    case 'text':
    case 'note':
      return [block.text];
    case 'fields':
      return block.fields.map(({ value }) => value);
    case 'table':
      return block.rows.flat();
    default:
      return [];
  }
}

function commandsIn(text: Text): string[] {
  const parts = Array.isArray(text) ? text : [text];
  return parts.flatMap((part) =>
    typeof part === 'object' && 'command' in part ? [plain(part)] : [],
  );
}
