import type {
  ChapterRow,
  Claim,
  Concept,
  PathRow,
  RecentTopic,
  Target,
} from '../../src/core/questions/catalog-schema.ts';
import type {
  ChoiceQuestion,
  FreeTextQuestion,
  NumericQuestion,
  Question,
} from '../../src/core/questions/schema.ts';

/** What the rules may look at. */
export type LintInput = {
  questions: readonly Question[];
  chapters: readonly ChapterRow[];
  paths: readonly PathRow[];
  concepts: readonly Concept[];
  claims: readonly Claim[];
  recentTopics: readonly RecentTopic[];
  targets: readonly Target[];
  /** YYYY-MM-DD. */
  today: string;
};

/** One flaw that a rule found. */
export type Finding = {
  /** An error fails the build; a warning wants a look. */
  level: 'error' | 'warning';
  rule: string;
  /** The item, where it is one item's flaw. */
  id?: string;
  /** The field of the item. */
  path?: readonly PropertyKey[];
  /** The chapter, where it is a chapter's flaw. */
  chapter?: number;
  message: string;
  fix: string;
};

/** What a rule reports; its name and the item are added by whoever runs it. */
export type Flaw = Omit<Finding, 'rule' | 'id' | 'level'> & { level?: Finding['level'] };

/** A rule of the lint. */
export type Rule = {
  name: string;
  check(input: LintInput): Finding[];
};

/** A rule that looks at one item at a time; errors unless a flaw says otherwise. */
export function itemRule(
  name: string,
  check: (question: Question, input: LintInput) => Flaw[],
): Rule {
  return {
    name,
    check: (input) =>
      input.questions.flatMap((question) =>
        check(question, input).map((flaw) => ({
          level: 'error' as const,
          rule: name,
          id: question.id,
          ...flaw,
        })),
      ),
  };
}

/** A rule that looks at the whole bank. */
export function bankRule(
  name: string,
  check: (input: LintInput) => (Flaw & { id?: string })[],
): Rule {
  return {
    name,
    check: (input) =>
      check(input).map((flaw) => ({ level: 'error' as const, rule: name, ...flaw })),
  };
}

/** A rule about items with options. */
export function choiceRule(
  name: string,
  check: (question: ChoiceQuestion, input: LintInput) => Flaw[],
): Rule {
  return itemRule(name, (question, input) => (isChoice(question) ? check(question, input) : []));
}

/** A rule about items that are answered in words. */
export function freeTextRule(
  name: string,
  check: (question: FreeTextQuestion, input: LintInput) => Flaw[],
): Rule {
  return itemRule(name, (question, input) => (isFreeText(question) ? check(question, input) : []));
}

/** A rule about items whose answer is a number. */
export function numericRule(name: string, check: (question: NumericQuestion) => Flaw[]): Rule {
  return itemRule(name, (question) => (question.format === 'numeric' ? check(question) : []));
}

/** A list of one flaw where there is one; an error unless it says otherwise. */
export function flawIf(
  isFlaw: boolean,
  path: readonly PropertyKey[],
  message: string,
  fix: string,
  level: Flaw['level'] = 'error',
): Flaw[] {
  return isFlaw ? [{ level, path, message, fix }] : [];
}

/** Tells whether an item is answered by letters. */
export function isChoice(question: Question): question is ChoiceQuestion {
  return 'options' in question;
}

/** Tells whether an item is answered in words. */
export function isFreeText(question: Question): question is FreeTextQuestion {
  return 'keyPoints' in question;
}

/** A piece of prose of an item and where it stands. */
export type Prose = { path: readonly PropertyKey[]; text: string };

/** Everything of an item or a table's row that a person reads as prose: no code, ids, links or sources. */
export function proseOf(item: object): Prose[] {
  const skipped = new Set(['id', 'topics', 'references', 'related', 'reviewed', 'code', 'enemyOf']);
  const found: Prose[] = [];
  const walk = (value: unknown, path: PropertyKey[]) => {
    if (typeof value === 'string') found.push({ path, text: value });
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        const step = Array.isArray(value) ? Number(key) : key;
        if (!skipped.has(key) && key !== 'notDuplicateOf') walk(inner, [...path, step]);
      }
    }
  };
  walk(item, []);
  return found;
}
