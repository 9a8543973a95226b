/* The picture of conformance, as it was drawn when the site was built. */
import { defineComponent, h } from 'vue';
import { data } from '../conformance.data.ts';

export default defineComponent(() => () => h('div', { innerHTML: data }));
