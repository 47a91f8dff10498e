import { FunctionFailure, type FunctionMap, type GoFunction } from '@/lib/core/gotemplate/evaluate/go-function';
import { ANY, STRING } from '@/lib/core/gotemplate/values/go-type';
import { goString } from '@/lib/core/gotemplate/values/make-values';
import { define, defineVariadic } from './define';
import { adler32, sha256 } from './hashes';
import { SPRIG_JSON } from './json-functions';
import { SPRIG_DICTS } from './sprig-dicts';
import { SPRIG_LISTS } from './sprig-lists';
import { SPRIG_LOGIC } from './sprig-logic';
import { SPRIG_NUMBERS } from './sprig-numbers';
import { SPRIG_PATHS } from './sprig-paths';
import { SPRIG_REGEX } from './sprig-regex';
import { SPRIG_STRINGS } from './sprig-strings';
import { SPRIG_VERSIONS } from './sprig-versions';

/** Functions of sprig that exist but give another result every time, ask the environment, or that no template has use for. */
const UNSUPPORTED =
  'ago date date_in_zone date_modify dateInZone dateModify duration durationRound htmlDate htmlDateInZone ' +
  'must_date_modify mustDateModify mustToDate now toDate unixEpoch abbrevboth randAlphaNum randAlpha randAscii ' +
  'randNumeric shuffle snakecase camelcase kebabcase wrap wrapWith sha1sum sha512sum randInt add1f addf subf divf mulf ' +
  'expandenv getHostByName b32enc b32dec bcrypt htpasswd genPrivateKey derivePassword buildCustomCert genCA ' +
  'genCAWithKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey encryptAES decryptAES ' +
  'randBytes uuidv4 urlParse urlJoin';

const refusing = (name: string): GoFunction =>
  defineVariadic([ANY], () => {
    throw new FunctionFailure(`${name} is not supported`);
  });

const FUNCTIONS: FunctionMap = new Map<string, GoFunction>([
  ...UNSUPPORTED.split(' ').map((name): [string, GoFunction] => [name, refusing(name)]),
  ['hello', define([], () => goString('Hello!'))],
  ...SPRIG_STRINGS,
  ...SPRIG_NUMBERS,
  ...SPRIG_LISTS,
  ...SPRIG_DICTS,
  ...SPRIG_LOGIC,
  ...SPRIG_JSON,
  ...SPRIG_PATHS,
  ...SPRIG_REGEX,
  ...SPRIG_VERSIONS,
  ['sha256sum', define([STRING], (args) => goString(sha256(args.text(0))))],
  ['adler32sum', define([STRING], (args) => goString(adler32(args.text(0))))],
]);

/** Sprig's functions for text templates; those that cannot give the same result twice fail when called. Source: sprig 3.3. */
export function sprigFunctions(): FunctionMap {
  return FUNCTIONS;
}
