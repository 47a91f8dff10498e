// npm run record: asks the real programs of testbed/ again, and writes what they answer.
import { join } from 'node:path';
import { buildPrograms } from '@/testbed/build-programs';
import { startTestbed } from '@/testbed/start-testbed';
import { recordAnswers } from './record-answers';
import { findRecordObstacle, recordRules, writeRules } from './record-rules';
import { writeRecording } from './recording-files';

const say = (line: string) => process.stderr.write(`${line}\n`);
const obstacle = findRecordObstacle();
if (obstacle === undefined) {
  const rules = await recordRules(join(await buildPrograms(say), 'pilot-agent'));
  await writeRules(rules);
  say(`Recorded the rules of ${rules.length} argument lists.`);
} else say(`The rules are not recorded again: ${obstacle}.`);
const testbed = await startTestbed({ name: 'record', isFresh: true, withIstio: true, say });
try {
  const recording = await recordAnswers(testbed, say);
  await writeRecording(recording);
  say(`Recorded ${recording.reviews.length} pods and ${recording.manifests.length} files.`);
} finally {
  await testbed.stop();
}
process.exit(0);
