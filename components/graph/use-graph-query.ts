'use client';
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';

/** What the graph page shows, all of it in the URL. */
export const useGraphQuery = () =>
  useQueryStates({
    namespaces: parseAsArrayOf(parseAsString).withDefault([]),
    find: parseAsString.withDefault(''),
    hide: parseAsString.withDefault(''),
    /** The id of the selected node or edge. */
    sel: parseAsString.withDefault(''),
    /** The id of a node to which, with its neighbours, the picture is cut down. */
    focus: parseAsString.withDefault(''),
    view: parseAsStringLiteral(['picture', 'table'] as const).withDefault('picture'),
  });

export type GraphView = 'picture' | 'table';
