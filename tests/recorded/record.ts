// npm run record: asks the real programs of testbed/ again, and writes what they answer.
import { startTestbed } from '@/testbed/start-testbed';
import { recordAnswers } from './record-answers';
import { writeRecording } from './recording-files';

const say = (line: string) => process.stderr.write(`${line}\n`);
const testbed = await startTestbed({ name: 'record', isFresh: true, withIstio: true, say });
try {
  const recording = await recordAnswers(testbed, say);
  await writeRecording(recording);
  say(`Recorded ${recording.reviews.length} pods and ${recording.manifests.length} files.`);
} finally {
  await testbed.stop();
}
process.exit(0);
