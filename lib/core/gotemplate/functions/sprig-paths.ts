import type { GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import type { ByteString } from '@/lib/core/gotemplate/values/byte-string';
import { STRING } from '@/lib/core/gotemplate/values/go-type';
import { goBool, goString } from '@/lib/core/gotemplate/values/make-values';
import { define } from './define';

/** Source: Go, path.Clean. */
function cleanPath(path: ByteString): ByteString {
  const isRooted = path.startsWith('/');
  const kept: ByteString[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') kept.push(step);
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (!isRooted) kept.push(step);
  }
  const joined = kept.join('/');
  if (isRooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}

/** Source: Go, path.Base. */
function basePath(path: ByteString): ByteString {
  if (path === '') return '.';
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

const dirPath = (path: ByteString) => cleanPath(path.slice(0, path.lastIndexOf('/') + 1));

function extensionOf(path: ByteString): ByteString {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') ? path.slice(dot) : '';
}

const ofPath = (change: (path: ByteString) => ByteString) => define([STRING], (args) => goString(change(args.text(0))));
const isAbsolute = define([STRING], (args) => goBool(args.text(0).startsWith('/')));

export const SPRIG_PATHS: readonly (readonly [string, GoFunction])[] = [
  ['base', ofPath(basePath)],
  ['dir', ofPath(dirPath)],
  ['clean', ofPath(cleanPath)],
  ['ext', ofPath(extensionOf)],
  ['isAbs', isAbsolute],
  ['osBase', ofPath(basePath)],
  ['osDir', ofPath(dirPath)],
  ['osClean', ofPath(cleanPath)],
  ['osExt', ofPath(extensionOf)],
  ['osIsAbs', isAbsolute],
];
