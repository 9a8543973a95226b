/* Where the pages of the site are, below the base path that it is served at. */
import { withBase } from 'vitepress';

/** @param page its path from `spec/`, without an ending */
export const pageAt = (page: string): string => withBase(`/${page}.html`);

export const pageOfRule = (id: string): string => pageAt(`rules/${id}`);
