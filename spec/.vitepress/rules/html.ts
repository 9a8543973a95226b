const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for HTML. */
export const html = (text: string): string => text.replaceAll(/[&<>"]/g, (one) => entities[one]!);
