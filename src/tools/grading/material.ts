import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { annotate, type MarkedToken } from '../../core/grading/annotate.ts';
import { cutClauses } from '../../core/grading/clauses.ts';
import { findEvidence } from '../../core/grading/evidence.ts';
import { FEATURES } from '../../core/grading/features.ts';
import { compileLexicon, lexiconSchema, thesaurusSchema } from '../../core/grading/lexicon.ts';
import { matchWording } from '../../core/grading/match.ts';
import { countPairs, oddsOf } from '../../core/grading/odds.ts';
import { quote, readPassage } from '../../core/grading/passage.ts';
import { prepareQuestion } from '../../core/grading/question.ts';
import { sentences } from '../../core/grading/sentences.ts';
import { readWording, type Wording } from '../../core/grading/wordings.ts';
import { readHeldOut, readLabelled, readTopics, spokenBank } from './sets.ts';

const lexicon = compileLexicon(lexiconSchema.parse(parse(readFileSync('data/lexicon.yaml', 'utf8'))), thesaurusSchema.parse(JSON.parse(readFileSync('data/thesaurus.json', 'utf8'))));
const bg = JSON.parse(readFileSync('data/grading/background.json', 'utf8'));
const counts = new Map<string, number>(Object.entries(bg.counts));
const bank = spokenBank();
const FITTING = new Set('dev-h dev-j dev-l dev-m dev-n 13 21 22 24 25'.split(' '));
const all = [...readLabelled(), ...readHeldOut()].filter(({ use, set }) => use === 'fitting' && set !== 'digiklausur' && !FITTING.has(set));
const FALSE = new Set('wrong confident-wrong confident plain-wrong reworded-wrong phone-wrong chatty-wrong second-language-wrong negated flipped swapped'.split(' '));
type S = { wrong: boolean; text: string; q: string };
const stmts: S[] = [];
const add = (q: string, wrong: boolean, text: string) => stmts.push({ wrong, text, q });
for (const q of bank) {
  for (const t of [q.modelAnswer, ...q.keyPoints.flatMap((k) => [k.text, ...k.phrasings])]) add(q.prompt, false, t);
  for (const t of [...q.keyPoints.flatMap((k) => k.wrong ?? []), ...(q.redFlags ?? []).flatMap((f) => [f.text, ...(f.phrasings ?? [])])]) add(q.prompt, true, t);
}
for (const t of readTopics()) { for (const r of t.right) add(t.topic, false, r); for (const w of t.wrong) add(t.topic, true, w); }
for (const a of all) { const f = a.label <= 0.2 && FALSE.has(a.kind); if (f || a.label >= 0.74) add(a.question.prompt, f, a.answer); }
const r = new Map<string, number>(), w = new Map<string, number>();
const qs = new Map<string, Set<string>>();
for (const s of stmts) {
  const lines: MarkedToken[][] = sentences(s.text).map((t) => annotate(t, lexicon));
  for (const l of lines) for (const t of l) if (!t.stop && t.kind === 'word') { const e = qs.get(t.stem) ?? new Set(); e.add(s.q); qs.set(t.stem, e); }
  for (const [k, n] of countPairs(lines)) { const m = s.wrong ? w : r; m.set(k, (m.get(k) ?? 0) + n); }
}
const ofField = (x: string) => x.includes(' ') || (qs.get(x)?.size ?? 0) >= 4;
const odds = new Map([...oddsOf(r, w)].filter(([k, v]) => Math.abs(v) >= 0.5 && (r.get(k) ?? 0) + (w.get(k) ?? 0) >= 5 && k.split('|').every(ofField)));
const table: Record<string, Record<string, string>> = { '-2': {}, '-1': {}, '1': {}, '2': {} };
for (const [pair, v] of [...odds].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const [one = '', other = ''] = pair.split('|'); const t = table[String(Math.round(v))]; if (!t) continue;
  t[one] = t[one] === undefined ? other : `${t[one]},${other}`;
}
writeFileSync('data/grading/field-words.json', `{"texts":${bg.texts},\n"counts":${JSON.stringify(bg.counts)},\n"odds":{\n${Object.entries(table).map(([k, t]) => `"${k}":{\n${Object.entries(t).map(([a, b]) => `${JSON.stringify(a)}:${JSON.stringify(b)}`).join(',\n')}}`).join(',\n')}}}\n`);
console.error('odds', odds.size, process.uptime());
const field = { texts: bg.texts as number, counts, odds };
const MOST = { right: 8, wrong: 4 };
const heard: Record<string, Record<string, { right: string[]; wrong: string[] }>> = {};
const byQ = new Map<string, typeof all>();
for (const a of all) if (a.isOfBank && (a.label >= 0.95 || (a.label <= 0.05 && FALSE.has(a.kind)))) byQ.set(a.question.prompt, [...(byQ.get(a.question.prompt) ?? []), a]);
let total = 0;
for (const q of bank) {
  const prep = prepareQuestion(q, lexicon, field);
  const found = q.keyPoints.map(() => ({ right: [] as string[], wrong: [] as string[] }));
  for (const a of byQ.get(q.prompt) ?? []) {
    const p = readPassage(cutClauses(a.answer), lexicon);
    for (const [k, c] of findEvidence(prep, p).entries()) {
      const t = c[0]; if (!t) continue;
      const b = FEATURES.breadth(t.evidence);
      if (b >= 0.3 && b >= 0.9 * t.evidence.otherPoint) found[k]?.[a.label > 0.5 ? 'right' : 'wrong'].push(quote(p, t.window).replace(/\s+/g, ' '));
    }
  }
  const scale = { lexicon, field, asked: prep.asked, askedMeanings: new Set<number>() };
  for (const [k, f] of found.entries()) {
    const point = prep.points[k]; const kp = q.keyPoints[k]; if (!point || !kp) continue;
    for (const side of ['right', 'wrong'] as const) {
      const kept: Wording[] = [...point[side]]; const texts: string[] = [];
      for (const text of f[side]) {
        if (texts.length >= MOST[side] || text.length < 15 || text.length > 260) continue;
        const p = readPassage([{ text, pieces: [text] }], lexicon);
        const whole = { from: 0, to: p.tokens.length, first: 0, last: 1 };
        if (kept.some((x) => matchWording(x, whole, p).recall >= 0.85)) continue;
        kept.push(readWording(text, scale)); texts.push(text);
      }
      if (texts.length > 0) { ((heard[q.id] ??= {})[kp.id] ??= { right: [], wrong: [] })[side] = texts; total += texts.length; }
    }
  }
}
console.error('heard', total, process.uptime());
writeFileSync('data/grading/heard.json', `${JSON.stringify(heard, undefined, 1)}\n`);
