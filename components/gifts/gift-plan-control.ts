import type { useServerForm } from '@/components/forms/use-server-form';

/** A control of a form made by `useServerForm`: its `field(name)`. */
export type GiftPlanControl = ReturnType<ReturnType<typeof useServerForm>['field']>;
