'use client';
import { type ReactNode, useRef } from 'react';

interface FileButtonProps {
  readonly children: ReactNode;
  readonly isMultiple?: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

/** A button that opens the system's dialog for files. */
export function FileButton({ children, isMultiple = false, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={isMultiple}
        accept=".yaml,.yml,.json,text/yaml,application/json"
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be picked again after it changed.
          target.value = '';
        }}
      />
    </>
  );
}
