import type { MeshGraph, MeshNode } from './graph-types';

const FIELDS = ['state', 'kind', 'ns', 'version', 'name'] as const;
type Field = (typeof FIELDS)[number];

export interface GraphTerm {
  readonly field: Field | 'text';
  /** Lower case; a term matches when any value does. */
  readonly values: readonly string[];
  readonly isNegated: boolean;
}

const isField = (text: string): text is Field => FIELDS.some((field) => field === text);

/**
 * Parses a find or hide expression.
 *
 * Input: terms parted by spaces; `field:a,b` with field state, kind, ns, version or name; other words are searched in
 * every text of a node; a leading `-` or `!` negates a term.
 * Output: the terms, which must all hold. A field that is not known is searched as a word, so nothing is dropped.
 */
export function parseGraphFilter(text: string): readonly GraphTerm[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-' && word !== '!')
    .map((word) => {
      const isNegated = /^[-!]/.test(word);
      const bare = isNegated ? word.slice(1) : word;
      const [name = '', value] = bare.split(/:(.*)/s);
      if (value === undefined || value === '' || !isField(name)) return { field: 'text', values: [bare], isNegated };
      return { field: name, values: value.split(',').filter((part) => part !== ''), isNegated };
    });
}

const textsOf = (node: MeshNode): readonly string[] => [
  node.id,
  node.name,
  node.objectKind,
  ...node.versions,
  ...node.facts.flatMap(({ values }) => values),
];

const holds = ({ field, values, isNegated }: GraphTerm, node: MeshNode): boolean => {
  const has = (texts: readonly string[], isWhole: boolean) =>
    values.some((value) => texts.some((text) => (isWhole ? text === value : text.toLowerCase().includes(value))));
  const isMatch = (() => {
    switch (field) {
      case 'text':
        return has(textsOf(node), false);
      case 'state':
        return has([node.state, ...(node.problems.length > 0 ? ['problem'] : [])], true);
      case 'kind':
        return has([node.kind, node.objectKind.toLowerCase()], true);
      case 'ns':
        return has([node.namespace], true);
      case 'version':
        return has([...node.versions], true);
      case 'name':
        return has([node.name], false);
    }
  })();
  return isMatch !== isNegated;
};

/** Whether a node answers an expression; an empty one matches every node. */
const matchesGraphFilter = (terms: readonly GraphTerm[], node: MeshNode): boolean =>
  terms.every((term) => holds(term, node));

/** The part of a graph between these nodes. Empty boxes go too. */
export function keepNodes(graph: MeshGraph, ids: ReadonlySet<string>): MeshGraph {
  const nodes = graph.nodes.filter(({ id }) => ids.has(id));
  const homes = new Set(nodes.map(({ namespace }) => namespace));
  return {
    nodes,
    edges: graph.edges.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    boxes: graph.boxes.filter(({ id }) => homes.has(id)),
  };
}

/** The graph without the nodes that `hide` names; an empty expression hides nothing. */
export function hideNodes(graph: MeshGraph, hide: string): MeshGraph {
  const terms = parseGraphFilter(hide);
  if (terms.length === 0) return graph;
  const kept = graph.nodes.filter((node) => !matchesGraphFilter(terms, node));
  return keepNodes(graph, new Set(kept.map(({ id }) => id)));
}

/** Ids of the nodes that `find` names; undefined when nothing is looked for. */
export function findNodes(graph: MeshGraph, find: string): ReadonlySet<string> | undefined {
  const terms = parseGraphFilter(find);
  if (terms.length === 0) return undefined;
  return new Set(graph.nodes.filter((node) => matchesGraphFilter(terms, node)).map(({ id }) => id));
}

/** A node and what is directly joined to it. */
export function findNeighbours(graph: Pick<MeshGraph, 'edges'>, id: string): ReadonlySet<string> {
  const joined = graph.edges.filter(({ source, target }) => source === id || target === id);
  return new Set([id, ...joined.flatMap(({ source, target }) => [source, target])]);
}
