import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildPrograms } from '@/testbed/build-programs';
import { findRecordObstacle, readRules, recordRules } from '@/tests/recorded/record-rules';

const RECORD_MS = 300_000;

it.runIf(process.env.SIDELIGHT_REAL && findRecordObstacle() === undefined)(
  'the real pilot-agent still makes the rules that were recorded; `npm run record` writes what it makes now',
  async () => {
    const folder = await buildPrograms(() => undefined);
    expect(await recordRules(join(folder, 'pilot-agent'))).toEqual(await readRules());
  },
  RECORD_MS,
);
