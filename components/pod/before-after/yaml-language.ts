import { yaml } from '@codemirror/lang-yaml';
import { syntaxTree } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view';

/** Classes for the nodes of the YAML tree; colours are in yaml-compare.css, so they follow the theme. */
const CLASSES: Readonly<Record<string, string>> = {
  Key: 'yaml-key',
  Literal: 'yaml-value',
  QuotedLiteral: 'yaml-value',
  BlockLiteralContent: 'yaml-value',
  Comment: 'yaml-comment',
};
const MARKS = new Map(Object.entries(CLASSES).map(([node, name]) => [node, Decoration.mark({ class: name })]));

function decorate(view: EditorView): DecorationSet {
  const found = view.visibleRanges.flatMap(({ from, to }) => {
    const ranges: ReturnType<Decoration['range']>[] = [];
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const mark = MARKS.get(node.name);
        if (mark === undefined || node.from === node.to) return true;
        ranges.push(mark.range(node.from, node.to));
        return false;
      },
    });
    return ranges;
  });
  return Decoration.set(found, true);
}

const highlighter = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update({ docChanged, viewportChanged, startState, state, view }: ViewUpdate) {
      if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(state))
        this.decorations = decorate(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** YAML with our own colours. */
export const yamlLanguage: Extension = [yaml(), highlighter];
