export interface MessageTree {
  readonly [key: string]: string | MessageTree;
}

/**
 * Merges two catalogs, branch by branch.
 *
 * Fails with an Error that names the key when both hold a text for it: two areas must never fight over one.
 */
export function mergeMessages(left: MessageTree, right: MessageTree, path = ''): MessageTree {
  const merged: Record<string, string | MessageTree> = { ...left };
  for (const [key, value] of Object.entries(right)) {
    const here = path === '' ? key : `${path}.${key}`;
    const known = merged[key];
    if (known === undefined) merged[key] = value;
    else if (typeof known === 'string' || typeof value === 'string') {
      throw new Error(`Two message files hold a text for ${here}`);
    } else merged[key] = mergeMessages(known, value, here);
  }
  return merged;
}
