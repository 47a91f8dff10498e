import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recording } from './case-types';

const FOLDER = join(process.cwd(), 'tests', 'recorded', 'answers');
const PARTS = ['configurations', 'reviews', 'manifests'] as const;

const path = (part: string) => join(FOLDER, `${part}.json`);

/** One case a line, so that a change of one shows as one. */
function toText(value: unknown): string {
  if (Array.isArray(value)) return `[\n${value.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`;
  const lines = Object.entries(Object(value)).map(([key, entry]) => `${JSON.stringify(key)}:${JSON.stringify(entry)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

export async function writeRecording({
  configurations,
  kubeletVersions,
  reviews,
  manifests,
}: Recording): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path('configurations'), toText({ kubeletVersions, configurations }));
  await writeFile(path('reviews'), toText(reviews));
  await writeFile(path('manifests'), toText(manifests));
}

export async function readRecording(): Promise<Recording> {
  const [first, reviews, manifests] = await Promise.all(
    PARTS.map(async (part) => JSON.parse(await readFile(path(part), 'utf8'))),
  );
  return { ...first, reviews, manifests };
}
