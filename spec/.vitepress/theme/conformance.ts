/* The conformance tables, generated when the site is built. */
import { defineComponent, h } from 'vue';
import { data } from '../conformance.data.ts';

export default defineComponent(() => () => h('div', { innerHTML: data }));
