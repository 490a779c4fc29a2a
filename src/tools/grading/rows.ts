// temporary: features of labelled answers for experiments
import { writeFileSync } from 'node:fs';
import { findEvidence } from '../../core/grading/evidence.ts';
import { FEATURES, type FeatureName } from '../../core/grading/features.ts';
import { passGates } from '../../core/grading/gates.ts';
import { prepareQuestion, type PreparedQuestion } from '../../core/grading/question.ts';
import { readGradingWords } from './new-words.ts';
import { type LabelledAnswer, readHeldOut, readLabelled, spokenBank } from './sets.ts';

const words = readGradingWords();
const FITTING = new Set((process.env.SETS ?? 'dev-h dev-l dev-m dev-n 13 21 22 25 24').split(' '));
const all = [...readLabelled(), ...readHeldOut()].filter(({ set, use }) => use === 'fitting' && FITTING.has(set));
const ready = new Map<unknown, PreparedQuestion>();
const prep = (q: LabelledAnswer['question']) => { const k = ready.get(q) ?? prepareQuestion(q, words); ready.set(q, k); return k; };
const names = Object.keys(FEATURES) as FeatureName[];
const plain = (t: string) => t.toLowerCase().replace(/[.,;:!?()"]+(?=\s|$)/g, '').replace(/[()"]/g, '').replace(/\n+/g, ' ');
const out: string[] = [JSON.stringify({ names, anames: ['keeps'] })];
const hash = (s: string) => [...s].reduce((h, c) => (h * 31 + c.charCodeAt(0)) >>> 0, 7) % 5;
function row(set: string, a: Pick<LabelledAnswer, 'question' | 'kind' | 'label' | 'answer'> & { gold?: string | undefined }, answer = a.answer) {
  const q = prep(a.question);
  const { passage, gates } = passGates(answer, q);
  const keeps = gates.reduce((m, g) => Math.min(m, g.keeps), 1);
  const c = findEvidence(q, passage);
  out.push(JSON.stringify({ set, kind: a.kind, fold: hash(a.question.prompt), label: a.label, gold: a.gold, qid: a.question.prompt.slice(0, 60), answer, keeps, gates: gates.map((g) => g.name), texts: q.points.map((p) => p.text),
    shares: q.points.map((p) => p.share), a: [keeps], ev: c.map((l) => l.map((x) => x.evidence.matches[0].wording.text)), c: c.map((l) => l.map((x) => names.map((n) => +FEATURES[n](x.evidence).toFixed(4)))) }));
}
let n = 0; const t0 = process.cpuUsage();
for (const a of all) { row(a.set, a); n += 1; if (['good', 'chatty', 'second-language'].includes(a.kind) && n % 2 === 0) { row('unpunct', a, plain(a.answer)); n += 1; } if (n % 500 < 1) console.error(n, process.uptime()); }
const t = process.cpuUsage(t0); console.error('ms', (t.user + t.system) / 1000 / n);
for (const q of spokenBank()) for (const [k, p] of q.keyPoints.entries()) row('text', { question: q, kind: 'text', label: 0, answer: p.text, gold: q.keyPoints.map((_, j) => (j === k ? 'c' : 'm')).join('') });
writeFileSync(process.env.OUT ?? '/tmp/coach/rows3.jsonl', `${out.join('\n')}\n`);
