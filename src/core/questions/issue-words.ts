import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { Trouble } from './read-yaml.ts';

/** Advice for fields whose rule cannot be read off the issue. */
const FIELD_FIXES = new Map<string, string>([
  ['topics', 'write 1 to 3 concept IDs, like c5.09'],
  ['related', 'write concept IDs, like c3.12, or "chapter 3"'],
  ['tolerance', 'write `relative: 0.02` or `absolute: 1`'],
  ['hints', 'write three hints, from vague to specific'],
  ['reviewBank', 'write `reviewBank: true`'],
  ['code', 'at most 20 lines of 60 columns'],
]);

/** Says a zod issue in words; `input` is the value that was checked. */
export function formatIssue(issue: z.core.$ZodIssue, input: unknown): Trouble[] {
  const { path } = issue;
  const value = valueAt(input, path);
  const fieldFix = FIELD_FIXES.get(String(path.findLast((step) => typeof step === 'string')));
  const trouble = (message: string, fix: string): Trouble[] => [
    { path, message, fix: fieldFix ?? fix },
  ];

  if (value === undefined && path.length > 0) return trouble('is missing', 'add the field');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: "isn't a known field",
        fix: spelling(key, fieldsSeen(issue, input)),
      }));
    case 'invalid_type':
      return trouble(`is ${kindOf(value)} but must be ${issue.expected}`, typeFix(issue.expected));
    case 'too_big':
      return trouble(
        `${sizeOf(issue.origin, value)}, and the limit is ${issue.maximum}`,
        issue.origin === 'string'
          ? `remove ${surplus(value, issue.maximum)} characters`
          : 'use less',
      );
    case 'too_small':
      return trouble(
        `${sizeOf(issue.origin, value)}, and the minimum is ${issue.minimum}`,
        issue.origin === 'string' ? 'add some text' : 'use more',
      );
    case 'invalid_value':
      return trouble(`is ${shown(value)}`, oneOf(issue.values));
    case 'invalid_union':
      return trouble(`is ${shown(value)}`, oneOf(unionOptions(issue)));
    default:
      return trouble(`is ${shown(value)}`, `write ${lowerFirst(issue.message)}`);
  }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === String(step))?.[1];
  }
  return value;
}

function fieldsSeen(issue: z.core.$ZodIssue, input: unknown): string[] {
  const parent = valueAt(input, issue.path);
  const present = typeof parent === 'object' && parent !== null ? Object.keys(parent) : [];
  return KNOWN_FIELDS.filter((name) => !present.includes(name));
}

/** Names worth proposing for a misspelt field. */
const KNOWN_FIELDS =
  'id version chapter topics difficulty format prompt explanation references hints followUps related minutes seniority reviewed reviewBy enemyOf notDuplicateOf code options letters text correct why misconception answer unit tolerance accepts slips working steps keyPoints weight phrasings required label contrast redFlags modelAnswer levels reviewBank faultLine title year url where ask expect'.split(
    ' ',
  );

function spelling(key: string, names: readonly string[]): string {
  const near = closest(key, [...names]);
  return near && distance(key.toLowerCase(), near.toLowerCase()) <= 2
    ? `did you mean "${near}"?`
    : 'remove it';
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'a set of fields' : `the ${typeof value} ${shown(value)}`;
}

function typeFix(expected: string): string {
  if (expected === 'string') return 'put the text in quotes';
  if (expected === 'array' || expected === 'tuple') return 'start each entry with "- "';
  return expected === 'number' || expected === 'int'
    ? 'write a number, without quotes'
    : 'rewrite it';
}

function sizeOf(origin: string, value: unknown): string {
  if (typeof value === 'string') return `has ${value.trim().length} characters`;
  if (Array.isArray(value))
    return `has ${value.length} ${value.length === 1 ? 'entry' : 'entries'}`;
  return origin === 'string' ? 'has no text' : `is ${shown(value)}`;
}

function surplus(value: unknown, maximum: number | bigint): number {
  return typeof value === 'string' ? value.trim().length - Number(maximum) : 0;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function oneOf(values: readonly unknown[]): string {
  return values.length > 0 ? `write one of: ${values.map(String).join(', ')}` : 'rewrite it';
}

function unionOptions(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
