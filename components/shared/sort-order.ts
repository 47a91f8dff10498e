/** How a list is sorted; in a URL `name` is ascending and `-name` descending. */
export interface SortOrder {
  readonly by: string;
  readonly isDescending: boolean;
}

export const parseSort = (text: string): SortOrder =>
  text.startsWith('-') ? { by: text.slice(1), isDescending: true } : { by: text, isDescending: false };

export const formatSort = ({ by, isDescending }: SortOrder): string => (isDescending ? `-${by}` : by);

/** What a click on a column's head asks for: this column, or the other way round if it is this one already. */
export const nextSort = (current: SortOrder | null, by: string): SortOrder => ({
  by,
  isDescending: current?.by === by && !current.isDescending,
});
