export function serverCommand(port: string): string[];
