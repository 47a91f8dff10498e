import { randomBytes } from 'node:crypto';
import type { DemoUser } from './bound-rules';

/** A user and the bearer token that proves it. What it may do, RBAC objects say. */
export interface TokenUser extends DemoUser {
  readonly token: string;
}

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

export function tokenUser(name: string): TokenUser {
  return { name, groups: ['system:authenticated'], token: newToken() };
}

/** May do everything. */
export function adminUser(): TokenUser {
  return { name: 'admin', groups: ['system:masters', 'system:authenticated'], token: newToken() };
}
