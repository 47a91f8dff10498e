/** The flags that the shipped templates give istio-init when a pod asks for nothing; for examples and tests. */
export const INJECTED_FLAGS: readonly string[] = [
  ...['-p', '15001', '-z', '15006', '-u', '1337', '-m', 'REDIRECT'],
  ...['-i', '*', '-x', '', '-b', '*', '-d', '15090,15021,15020'],
];
