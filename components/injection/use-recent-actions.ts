'use client';
import { useSyncExternalStore } from 'react';
import { listActions, onActions, type RecentAction } from './undo-store';

const NONE: readonly RecentAction[] = [];

/** What was done in this session, the newest first. */
export const useRecentActions = (): readonly RecentAction[] => useSyncExternalStore(onActions, listActions, () => NONE);
