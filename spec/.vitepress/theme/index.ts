import { defineAsyncComponent } from 'vue';
import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import './style.css';

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    // Its page alone loads it.
    app.component(
      'TryIt',
      defineAsyncComponent(() => import('./try/TryIt.vue')),
    );
    app.component(
      'ConformanceMatrix',
      defineAsyncComponent(() => import('./conformance.ts')),
    );
  },
} satisfies Theme;
