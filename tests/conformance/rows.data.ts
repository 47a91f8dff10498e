import { LABEL_SELECTOR_ROWS } from './label-selector-rows.data';
import type { Row } from './row';

/** The whole table by subject. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'label selectors': LABEL_SELECTOR_ROWS,
};
