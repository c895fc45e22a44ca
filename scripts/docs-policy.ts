/** Writes `docs/policy.md` from the policy packs. */
import { writeFileSync } from 'node:fs';
import { POLICY_PACKS } from '../lib/policy';
import { policyDocument } from '../lib/policy/document';
import { chineseWording } from './policy-wording';

writeFileSync('docs/policy.md', policyDocument(POLICY_PACKS, chineseWording));
