'use client';

import dynamic from 'next/dynamic';

/** The claim form, loaded only by those who are signed in and can claim. */
export const ClaimForm = dynamic(async () => (await import('./claim-form')).ClaimForm);
