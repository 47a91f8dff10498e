import { isJsonObject, type JsonObject, objectsAt } from './json-object';

/** Lists of a container that are merged by a key; all others are replaced. */
const LIST_KEYS: Readonly<Record<string, string>> = {
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
};

/** The template's container with its author's settings on top; the image `auto` leaves the template's. */
export function overlayContainer(base: JsonObject, own: JsonObject): JsonObject {
  const result: JsonObject = { ...base };
  for (const [field, value] of Object.entries(own)) {
    if (field === 'image' && value === 'auto') continue;
    const key = LIST_KEYS[field];
    if (key !== undefined) result[field] = mergeList(objectsAt(base, field), objectsAt(own, field), key);
    else result[field] = isJsonObject(value) ? mergeObject(base[field], value) : value;
  }
  return result;
}

function mergeObject(base: unknown, own: JsonObject): JsonObject {
  const result: JsonObject = isJsonObject(base) ? { ...base } : {};
  for (const [field, value] of Object.entries(own)) {
    result[field] = isJsonObject(value) ? mergeObject(result[field], value) : value;
  }
  return result;
}

function mergeList(base: readonly JsonObject[], own: readonly JsonObject[], key: string): JsonObject[] {
  const replaced = base.map((entry) => {
    const mine = own.find((candidate) => candidate[key] === entry[key]);
    return mine === undefined ? entry : { ...entry, ...mine };
  });
  return [...replaced, ...own.filter((entry) => !base.some((candidate) => candidate[key] === entry[key]))];
}
