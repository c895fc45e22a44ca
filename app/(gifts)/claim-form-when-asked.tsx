'use client';

import dynamic from 'next/dynamic';

/** The claim form for who is signed in: who only looks, and who finds a dead link, does not load it. */
export const ClaimForm = dynamic(async () => (await import('./claim-form')).ClaimForm);
