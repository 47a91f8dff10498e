/** The nonce of this page, for libraries that write style elements (CodeMirror's `EditorView.cspNonce`). Empty on the server. */
export function readNonce(): string {
  if (typeof document === 'undefined') return '';
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
}
