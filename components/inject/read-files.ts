/** Reads files as one text; each begins a new YAML document. */
export async function readFiles(files: Iterable<File>): Promise<string> {
  const texts = await Promise.all([...files].map((file) => file.text()));
  return texts.map((text) => (text.endsWith('\n') ? text : `${text}\n`)).join('---\n');
}
