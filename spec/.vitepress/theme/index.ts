import { defineAsyncComponent, type AsyncComponentLoader } from 'vue';
import type { Theme } from 'vitepress';
// The reader's own fonts: no page waits for others.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

/** What one page alone has, which alone loads it. */
const ofOnePage: Readonly<Record<string, AsyncComponentLoader>> = {
  PathField: () => import('./front/PathField.vue'),
  SiteFigures: () => import('./front/SiteFigures.vue'),
  TryIt: () => import('./try/TryIt.vue'),
  ConformanceMatrix: () => import('./conformance.ts'),
};

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    for (const [name, load] of Object.entries(ofOnePage)) app.component(name, defineAsyncComponent(load));
  },
} satisfies Theme;
