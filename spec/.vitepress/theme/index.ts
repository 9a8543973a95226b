import { defineAsyncComponent, onMounted, watch, type AsyncComponentLoader } from 'vue';
import { useRoute, type Theme } from 'vitepress';
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
  setup() {
    const route = useRoute();
    onMounted(() => watch(() => route.path, showPlace, { immediate: true, flush: 'post' }));
  },
} satisfies Theme;

/** The sidebar is longer than the window where it has rules: the page's own line is brought into sight. */
function showPlace(): void {
  requestAnimationFrame(() => {
    const own = document.querySelector('.VPSidebarItem.is-active:not(.collapsible)');
    if (own && own.getBoundingClientRect().bottom > innerHeight) own.scrollIntoView({ block: 'center' });
  });
}
