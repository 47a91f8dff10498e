import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCALES, type Locale } from './locales';
import { type MessageTree, mergeMessages } from './merge-messages';

const FOLDER = join(process.cwd(), 'messages');

/** Reads every `messages/<locale>/<area>.json` as one tree. Areas share branches (`phrase`), never a leaf. */
export async function loadMessages(locale: Locale): Promise<MessageTree> {
  const folder = join(FOLDER, locale);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const trees = await Promise.all(
    files.map(async (name): Promise<MessageTree> => JSON.parse(await readFile(join(folder, name), 'utf8'))),
  );
  return trees.reduce<MessageTree>((all, tree) => mergeMessages(all, tree), {});
}

const loaded = new Map<Locale, Promise<MessageTree>>();

/** The catalog of a language; read once in production, each time in development so that edits show. */
export function readMessages(locale: Locale): Promise<MessageTree> {
  if (process.env.NODE_ENV !== 'production') return loadMessages(locale);
  for (const each of LOCALES) if (!loaded.has(each)) loaded.set(each, loadMessages(each));
  return loaded.get(locale) ?? loadMessages(locale);
}
