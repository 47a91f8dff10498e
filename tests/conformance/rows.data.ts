import { ACCESS_REVIEW_ROWS } from './access-review-rows.data';
import { APPLY_ROWS } from './apply-rows.data';
import { CONTROLLER_ROWS } from './controller-rows.data';
import { CREATE_ROWS } from './create-rows.data';
import { DELETION_ROWS, NAMESPACE_ROWS } from './deletion-rows.data';
import { EXPIRY_ROWS } from './expiry-rows.data';
import { FIELD_SELECTOR_ROWS } from './field-selector-rows.data';
import { DRY_RUN_ROWS, FIELD_VALIDATION_ROWS } from './field-validation-rows.data';
import { JSON_PATCH_ROWS } from './json-patch-rows.data';
import { LABEL_SELECTOR_ROWS } from './label-selector-rows.data';
import { LIST_ROWS } from './list-rows.data';
import { PATCH_ROWS } from './patch-rows.data';
import { DISCOVERY_ROWS, ERROR_ROWS, SUBRESOURCE_ROWS } from './protocol-rows.data';
import { REFUSAL_ROWS } from './refusal-rows.data';
import type { Row } from './row';
import { TABLE_ROWS } from './table-rows.data';
import { UPDATE_ROWS } from './update-rows.data';
import { WATCH_ROWS } from './watch-rows.data';
import { WEBHOOK_FAILURE_ROWS } from './webhook-failure-rows.data';
import { WEBHOOK_ROWS } from './webhook-rows.data';

/** The whole table by subject. */
export const ROWS: Readonly<Record<string, readonly Row[]>> = {
  // First, as a real cluster takes its time to remove the namespaces of all other rows.
  namespaces: NAMESPACE_ROWS,
  lists: LIST_ROWS,
  'label selectors': LABEL_SELECTOR_ROWS,
  'field selectors': FIELD_SELECTOR_ROWS,
  watches: WATCH_ROWS,
  tables: TABLE_ROWS,
  expiry: EXPIRY_ROWS,
  errors: ERROR_ROWS,
  discovery: DISCOVERY_ROWS,
  subresources: SUBRESOURCE_ROWS,
  'access reviews': ACCESS_REVIEW_ROWS,
  refusals: REFUSAL_ROWS,
  'JSON patches': JSON_PATCH_ROWS,
  patches: PATCH_ROWS,
  applies: APPLY_ROWS,
  creation: CREATE_ROWS,
  updates: UPDATE_ROWS,
  'field validation': FIELD_VALIDATION_ROWS,
  'dry runs': DRY_RUN_ROWS,
  deletion: DELETION_ROWS,
  controllers: CONTROLLER_ROWS,
  webhooks: WEBHOOK_ROWS,
  'webhook failures': WEBHOOK_FAILURE_ROWS,
};
