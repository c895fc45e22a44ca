export function dataFolder(): string;
export function ensureSecrets(folder?: string): Record<string, string>;
export function freshSecrets(): Record<string, string>;
