import { CLAUSE_OPENERS } from './function-words.ts';
import type { Token } from './tokens.ts';

/** 1 said, -1 denied, 0 said of a case that is not meant to hold ("prevents that …", "people think …"). */
export type Polarity = 1 | -1 | 0;

/** How far a denial reaches, in tokens without articles. */
const REACH = { not: 6, no: 4, without: 1, counterfactual: 6, threat: 12, useless: 8, object: 3 };

const NOT = new Set(['not', 'never', 'hardly', 'barely', 'nor', 'neither']);
const NO = new Set(['no', 'none', 'nothing', 'nobody', 'nowhere']);
/** These deny the verb before them when nothing follows: "it reveals nothing". */
const OBJECTS = new Set(['none', 'nothing', 'nobody', 'nowhere']);
const NOT_A_DENIAL = new Set(
  'only just merely simply matter doubt problem idea sure certain know'.split(' '),
);
const COUNTERFACTUAL = new Set(
  'avoid avoids avoiding avoided prevent prevents preventing prevented skip skips lack lacks omit omits otherwise without'.split(
    ' ',
  ),
);
/** Words that deny what follows the little word behind them: "fails to lower", "free of outliers". */
const FAILING = new Map(
  Object.entries({
    to: 'fail fails failed failing unable nothing unrelated irrelevant refuse refuses impossible reluctant',
    of: 'free devoid incapable',
    from: 'free absent',
    about: 'nothing',
  }).map(([link, words]) => [link, new Set(words.split(' '))]),
);
/** Words that deny what stands before them: "overlap is useless". */
const USELESS = new Set(
  'useless pointless futile superfluous unnecessary needless unneeded worthless nonsense irrelevant immaterial'.split(
    ' ',
  ),
);
/** Behind an "and" these begin another statement: "keys and values" is one thing, "and it grows" another. */
const OPENS_ANOTHER = new Set(
  'it they this that these we you i there then is are was were does do has have can will so thus therefore hence'.split(
    ' ',
  ),
);
const DEMAND = new Set('must need needs should has have'.split(' '));
const NEVER: ReadonlySet<string> = new Set();
const FALSE = new Set('false wrong incorrect untrue myth misconception legend'.split(' '));
const TRUE = new Set('true case correct right'.split(' '));
const PEOPLE = new Set('people many some often'.split(' '));
const CLAIM = new Set(
  'think thinks believe believes say says claim claims assume assumes'.split(' '),
);

/** The polarity of every token of one sentence. */
export function polarities(tokens: readonly Token[]): {
  polarity: Polarity[];
  /** Places of the words that a denial stands right before: what is denied first of all. */
  heads: ReadonlySet<number>;
} {
  const polarity: Polarity[] = tokens.map(() => 1);
  for (const [i, token] of tokens.entries()) applyWord(tokens, i, token, polarity);
  flipWhole(tokens, polarity);
  return { polarity, heads: headsOf(tokens, polarity) };
}

function headsOf(tokens: readonly Token[], polarity: readonly Polarity[]): Set<number> {
  const heads = new Set<number>();
  for (const [i, { text, kind }] of tokens.entries()) {
    if (kind !== 'word' || !(NOT.has(text) || NO.has(text))) continue;
    const after = tokens
      .slice(i + 1, i + 4)
      .findIndex((token) => !token.stop && token.kind !== 'mark');
    if (after >= 0 && polarity[i + 1 + after] === -1) heads.add(i + 1 + after);
  }
  return heads;
}

function applyWord(tokens: readonly Token[], i: number, token: Token, polarity: Polarity[]): void {
  if (token.kind !== 'word') return;
  const next = tokens[i + 1]?.text ?? '';
  // Somebody quotes the word: 'they differ by a "not"'.
  if (tokens[i - 1]?.article && NOT.has(token.text)) return;
  if (FAILING.get(next)?.has(token.text)) {
    if (polarity[i] === 1) mark(tokens, polarity, { from: i + 2, reach: REACH.not, value: -1 });
  } else if (NOT.has(token.text) || NO.has(token.text)) {
    const following = tokens.slice(i + 1, i + 5);
    const ofTheWhole = following.findIndex(({ text }) => TRUE.has(text) || FALSE.has(text));
    if (NOT_A_DENIAL.has(next) || (ofTheWhole >= 0 && following[ofTheWhole + 1]?.text === 'that'))
      return;
    const value = next === 'necessarily' || next === 'always' ? 0 : -1;
    mark(tokens, polarity, {
      from: i + 1,
      reach: NO.has(token.text) ? REACH.no : REACH.not,
      value,
    });
    if (OBJECTS.has(token.text) && endsClause(tokens[i + 1]))
      markBefore(tokens, polarity, { from: i, reach: REACH.object });
  } else if (USELESS.has(token.text) || isBeside(tokens, i)) {
    if (polarity[i] === 1) markBefore(tokens, polarity, { from: i, reach: REACH.useless });
  } else if (COUNTERFACTUAL.has(token.text)) {
    mark(tokens, polarity, { from: i + 1, reach: REACH.counterfactual, value: 0 });
    if (token.text === 'without')
      mark(tokens, polarity, { from: i + 1, reach: REACH.without, value: -1 });
  } else if (token.text === 'or' && tokens[i - 1]?.text === ',' && isDemand(tokens.slice(0, i))) {
    mark(tokens, polarity, { from: i + 1, reach: REACH.threat, value: 0, until: NEVER });
  } else if (
    (token.text === 'instead' && next === 'of') ||
    (token.text === 'rather' && next === 'than')
  ) {
    mark(tokens, polarity, { from: i + 2, reach: REACH.counterfactual, value: 0 });
  } else if (
    PEOPLE.has(token.text) &&
    tokens.slice(i + 1, i + 4).some(({ text }) => CLAIM.has(text))
  ) {
    const doubted = tokens
      .slice(i)
      .some(({ text }) => text === 'but' || text === 'though' || FALSE.has(text));
    if (doubted)
      mark(tokens, polarity, {
        from: i + 2,
        reach: 14,
        value: 0,
        until: new Set(['but', 'though']),
      });
  }
}

/** "The key must hold the tenant, or …": what would come about otherwise. */
function isDemand(before: readonly Token[]): boolean {
  return before.some(({ text }) => DEMAND.has(text));
}

function mark(
  tokens: readonly Token[],
  polarity: Polarity[],
  {
    from,
    reach,
    value,
    until = CLAUSE_OPENERS,
  }: { from: number; reach: number; value: Polarity; until?: ReadonlySet<string> },
): void {
  let left = reach;
  for (let i = from; i < tokens.length && left > 0; i += 1) {
    const token = tokens[i];
    if (!token || token.kind === 'mark') return;
    const joins = token.text === 'and' && !OPENS_ANOTHER.has(tokens[i + 1]?.text ?? '');
    if (until.has(token.text) && !joins) return;
    if (token.article) continue;
    left -= 1;
    polarity[i] = value === -1 && polarity[i] === -1 ? 1 : value;
  }
}

/** "Beside the point". */
function isBeside(tokens: readonly Token[], i: number): boolean {
  return tokens[i]?.text === 'beside' && tokens[i + 2]?.text === 'point';
}

function endsClause(token: Token | undefined): boolean {
  return !token || token.kind === 'mark' || CLAUSE_OPENERS.has(token.text);
}

/** Turns round what stands before a word in its clause. */
function markBefore(
  tokens: readonly Token[],
  polarity: Polarity[],
  { from, reach }: { from: number; reach: number },
): void {
  let left = reach;
  for (let i = from - 1; i >= 0 && left > 0; i -= 1) {
    const token = tokens[i];
    if (!token || endsClause(token)) return;
    if (token.article) continue;
    left -= 1;
    polarity[i] = -1;
  }
}

/** "It is not true that …", "it is wrong to think that …" and "… is a myth" turn round all that they speak of. */
function flipWhole(tokens: readonly Token[], polarity: Polarity[]): void {
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (!FALSE.has(token.text) && !TRUE.has(token.text)) continue;
    const denied = tokens.slice(Math.max(0, i - 3), i).some(({ text }) => NOT.has(text));
    const isFalse = FALSE.has(token.text) !== denied && (FALSE.has(token.text) || denied);
    if (!isFalse) continue;
    const [second, third] = tokens.slice(i + 2, i + 4);
    const isBelief = next?.text === 'to' && second && CLAIM.has(second.text);
    if (next?.text === 'that') flip(polarity, i + 2, polarity.length);
    else if (isBelief && third?.text === 'that') flip(polarity, i + 4, polarity.length);
    else if (!next || (next.kind === 'mark' && i > 3)) flip(polarity, 0, Math.max(0, i - 1));
  }
}

function flip(polarity: Polarity[], from: number, to: number): void {
  for (let i = from; i < to; i += 1)
    polarity[i] = polarity[i] === 1 ? -1 : polarity[i] === -1 ? 1 : 0;
}
