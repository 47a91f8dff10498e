/** Reads fields of objects whose shape no one has checked. Every reader answers with an empty value where the field is absent or of another type. */
export type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const toFields = (value: unknown): Fields => (isFields(value) ? value : {});

export const textField = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};

export const numberField = (fields: Fields, key: string): number | undefined => {
  const value = fields[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

const listField = (fields: Fields, key: string): readonly unknown[] => {
  const value = fields[key];
  return Array.isArray(value) ? value : [];
};

export const fieldsList = (fields: Fields, key: string): readonly Fields[] => listField(fields, key).filter(isFields);

export const textList = (fields: Fields, key: string): readonly string[] =>
  listField(fields, key).filter((entry): entry is string => typeof entry === 'string');

/** String values only, e.g. labels of a selector. */
export const stringMapField = (fields: Fields, key: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(toFields(fields[key])).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** The spec of a document. */
export const specOf = (body: unknown): Fields => toFields(toFields(body).spec);
