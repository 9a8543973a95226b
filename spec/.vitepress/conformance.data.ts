/* The page of conformance, as HTML: when the site is built. */
import { pictureHtml } from './picture.ts';

export declare const data: string;

export default {
  watch: ['../../fixtures/conformance/*.json'],
  load: (): string => pictureHtml(),
};
