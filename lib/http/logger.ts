import 'server-only';
import pino from 'pino';

/** The server's log: one JSON line an entry. Request bodies and cluster objects never go into it. */
export const logger = pino({ name: 'sidelight', level: process.env.SIDELIGHT_LOG_LEVEL ?? 'info' });
