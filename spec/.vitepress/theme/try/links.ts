/* Links to the site's pages, below its base path. */
import { withBase } from 'vitepress';

/** @param page its path from `spec/`, without extension */
export const pageAt = (page: string): string => withBase(`/${page}.html`);

export const pageOfRule = (id: string): string => pageAt(`rules/${id}`);
