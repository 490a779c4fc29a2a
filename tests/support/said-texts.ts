import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/** A text that the source says somewhere: its fixed parts, and where it stands. */
export type SaidText = { where: string; text: string; parts: string[] };

const SOURCE = resolve(import.meta.dirname, '../../src');

/** Folders and files whose words reach people in a reply. */
const SPEAKING = /^(features|session|spine|jobs)\//;

/**
 * Titles, plain sentences and errors of replies, read from the source: what stands in `say(…)`, in
 * `new UserError(…)` and behind `title:`. What is filled in while running matches anything.
 */
export function saidTexts(): SaidText[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => SPEAKING.test(file) && file.endsWith('.ts'))
    .map((file) => parse(file, readFileSync(join(SOURCE, file), 'utf8')));
  return files.flatMap((source) => textsIn(source, returnsOf(files, source)));
}

const parse = (file: string, content: string) =>
  ts.createSourceFile(file, content, ts.ScriptTarget.ES2023, true);

/** The expressions that a function can return, by its name. */
type Returns = (name: string) => readonly ts.Expression[];

/** A function of the file itself, or else of the one file that has one of this name. */
function returnsOf(files: readonly ts.SourceFile[], source: ts.SourceFile): Returns {
  return (name) => {
    const own = functionsIn(source).get(name);
    if (own) return own;
    const [only, other] = files.flatMap((file) => {
      const found = functionsIn(file).get(name);
      return found ? [found] : [];
    });
    return only && !other ? only : [];
  };
}

const known = new Map<ts.SourceFile, Map<string, ts.Expression[]>>();

function functionsIn(source: ts.SourceFile): Map<string, ts.Expression[]> {
  const before = known.get(source);
  if (before) return before;
  const found = new Map<string, ts.Expression[]>();
  const visit = (node: ts.Node) => {
    if (ts.isFunctionDeclaration(node) && node.name && node.body)
      found.set(node.name.text, returnedIn(node.body));
    ts.forEachChild(node, visit);
  };
  visit(source);
  known.set(source, found);
  return found;
}

function returnedIn(node: ts.Node): ts.Expression[] {
  if (ts.isFunctionLike(node)) return [];
  if (ts.isReturnStatement(node)) return node.expression ? [node.expression] : [];
  const found: ts.Expression[] = [];
  ts.forEachChild(node, (child) => void found.push(...returnedIn(child)));
  return found;
}

function textsIn(source: ts.SourceFile, returns: Returns): SaidText[] {
  const found: SaidText[] = [];
  const visit = (node: ts.Node) => {
    for (const expression of spoken(node)) {
      for (const { parts, at } of readings(expression, returns)) {
        // A text without a word of its own cannot be told from any other.
        if (parts.join('').replace(/[^\p{L}]/gu, '').length < 4) continue;
        const file = at.getSourceFile();
        const line = file.getLineAndCharacterOfPosition(at.getStart()).line + 1;
        found.push({ where: `${file.fileName}:${line}`, text: parts.join('…'), parts });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Functions that make a reply of words. */
const SAYERS = new Set(['say', 'refusal']);

function spoken(node: ts.Node): ts.Expression[] {
  if (ts.isNewExpression(node) && node.expression.getText() === 'UserError')
    return node.arguments ? [...node.arguments.slice(0, 1)] : [];
  if (ts.isCallExpression(node) && SAYERS.has(node.expression.getText()))
    return [...node.arguments];
  const isTitle = ts.isPropertyAssignment(node) && node.name.getText() === 'title';
  return isTitle && isInReply(node) ? [node.initializer] : [];
}

/** A reply has blocks beside its title; a message action and a chart have none. */
function isInReply(node: ts.PropertyAssignment): boolean {
  const names = node.parent.properties.map((each) => each.name?.getText());
  return names.includes('blocks');
}

type Reading = { parts: string[]; at: ts.Node };

/** The fixed parts of every text that an expression can become; what is between them varies. */
function readings(at: ts.Expression, returns: Returns, depth = 0): Reading[] {
  const inside = (each: ts.Expression) => readings(each, returns, depth + 1);
  if (ts.isStringLiteralLike(at)) return [{ parts: [at.text], at }];
  if (ts.isTemplateExpression(at))
    return [{ parts: [at.head.text, ...at.templateSpans.map(({ literal }) => literal.text)], at }];
  if (ts.isConditionalExpression(at)) return [...inside(at.whenTrue), ...inside(at.whenFalse)];
  if (ts.isParenthesizedExpression(at)) return inside(at.expression);
  if (ts.isArrayLiteralExpression(at)) {
    const parts = at.elements.filter(ts.isStringLiteralLike).map(({ text }) => text);
    return parts.length > 0 ? [{ parts, at }] : [];
  }
  if (!ts.isCallExpression(at) || depth > 3) return [];
  // `words(…).trim()` says what `words(…)` returns.
  if (ts.isPropertyAccessExpression(at.expression)) return inside(at.expression.expression);
  return returns(at.expression.getText()).flatMap(inside);
}

/** True when the fixed parts stand in these words, one after the other. */
export function isSaid({ parts }: SaidText, words: string): boolean {
  let at = 0;
  for (const part of parts) {
    const found = words.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
