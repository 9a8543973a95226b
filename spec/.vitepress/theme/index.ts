import { defineAsyncComponent, onMounted, watch, type AsyncComponentLoader } from 'vue';
import { useRoute, type Theme } from 'vitepress';
// Uses the reader's own fonts, so that pages load none.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

/** Components that only one page uses. Only that page loads them. */
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
  setup() {
    const route = useRoute();
    onMounted(() => watch(() => route.path, showPlace, { immediate: true, flush: 'post' }));
  },
} satisfies Theme;

/** Scrolls the sidebar to the current page: with rules, it is longer than the window. */
function showPlace(): void {
  requestAnimationFrame(() => {
    const own = document.querySelector('.VPSidebarItem.is-active:not(.collapsible)');
    if (own && own.getBoundingClientRect().bottom > innerHeight) own.scrollIntoView({ block: 'center' });
  });
}
