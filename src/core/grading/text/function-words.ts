const words = (list: string) => new Set(list.split(' '));

/** Dropped before word groups are looked up, so that "the memory bandwidth" is "memory bandwidth". */
export const ARTICLES: ReadonlySet<string> = words('a an the');

/** Words of grammar. They carry no content, and a text without them is a list. */
export const FUNCTION_WORDS: ReadonlySet<string> = words(
  'a an the of in on at to for from by with as and or but if then than that this these those it its he she they them we us you i ' +
    'me my your our their his her there here is are was were be been being am do does did done have has had having will would can could ' +
    'shall should may might must not no nor never none neither so too very also into onto upon about between among through during ' +
    'because since while whereas although though unless until when where why how what which who whom whose whether either both ' +
    'per via within without against like such else ever yet up down out off over under again back away now just only still even ' +
    'some any each every all other another same own more most less few much many lot lots because ok okay yeah yes well hmm oh ' +
    'etcetera versus rather instead however therefore thus hence',
);

/** Function words that do carry a claim: they count when a phrasing uses them. */
export const TELLING: ReadonlySet<string> = words(
  'more less few many all each every only same before after other another most over under up down both',
);

/** Words that open a new clause: what is denied before them is not denied after. */
export const CLAUSE_OPENERS: ReadonlySet<string> = words(
  'but because since while whereas although though so therefore thus hence when if which who where however then and',
);
