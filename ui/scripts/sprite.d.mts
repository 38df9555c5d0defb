export function sprite(list: string): string;
