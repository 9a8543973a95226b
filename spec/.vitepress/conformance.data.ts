/* The conformance page's content as HTML, generated when the site is built. */
import { pictureHtml } from './picture.ts';

export declare const data: string;

export default {
  watch: ['../../fixtures/conformance/*.json'],
  load: (): string => pictureHtml(),
};
