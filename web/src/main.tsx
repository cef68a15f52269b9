import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { language } from './i18n/language';
import { loadWords } from './i18n/i18n';
import { applyLook } from './ui/look';
import './ui/tokens.css';
import './ui/base.css';

applyLook();
await loadWords(language());
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
