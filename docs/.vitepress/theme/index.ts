/** VitePress's own theme, with a few rules of ours. */

import type { Theme } from 'vitepress';
import DefaultTheme from 'vitepress/theme';
import './style.css';

const theme: Theme = { extends: DefaultTheme };

export default theme;
