import { type Catalog, createCatalog } from '../catalog.ts';
import type { Question } from './schema.ts';

/** What a team puts over one item: its own text, or none at all. */
export type OverlayRow = {
  questionId: string;
  /** Absent for a shipped item that is only switched off. */
  question: Question | null;
  state: 'active' | 'disabled';
};

/** The catalog as one team sees it: its own items added, its changes made, what it disabled left out. */
export function withOverlay(catalog: Catalog, overlay: readonly OverlayRow[]): Catalog {
  if (overlay.length === 0) return catalog;
  const rows = new Map(overlay.map((row) => [row.questionId, row]));
  const shipped = catalog.questions.flatMap((question) => {
    const row = rows.get(question.id);
    if (!row) return [question];
    return row.state === 'active' ? [row.question ?? question] : [];
  });
  const added = [...rows.values()]
    .filter(({ questionId, state }) => state === 'active' && !catalog.shipped(questionId))
    .sort((a, b) => (a.questionId < b.questionId ? -1 : 1))
    .flatMap(({ question }) => question ?? []);
  const merged = createCatalog({ ...catalog, questions: [...shipped, ...added] });
  return { ...merged, shipped: catalog.shipped };
}
