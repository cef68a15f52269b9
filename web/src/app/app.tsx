// The providers around everything: words, look of the components, what is fetched, routes.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, theme as themes } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import 'dayjs/locale/zh-tw';
import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import en from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import zhTW from 'antd/locale/zh_TW';
import { Refused } from '@/api/client';
import { LanguageProvider, loadWords } from '@/i18n/i18n';
import { keepLanguage, type Language, language } from '@/i18n/language';
import { useLook, usePhone } from '@/ui/look';
import { router } from './routes';

const locales = { 'zh-CN': zhCN, 'zh-TW': zhTW, en };
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';
const csp = nonce ? { nonce } : {};

const isBusy = (error: unknown) => error instanceof Refused && error.status === 503;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      retry: (count, error) =>
        isBusy(error) ? count < 4 : !(error instanceof Refused) && count < 2,
      // As the server asks with Retry-After; who waits sees bones and no fault.
      retryDelay: (count, error) => (isBusy(error) ? 2000 : Math.min(1000 * 2 ** count, 8000)),
      refetchOnWindowFocus: true,
    },
  },
});

export function App() {
  const [spoken, setSpoken] = useState<Language>(language());
  const look = useLook();
  useEffect(() => {
    dayjs.locale(spoken === 'en' ? 'en' : spoken.toLowerCase());
  }, [spoken]);
  const choose = (next: Language) => {
    keepLanguage(next);
    void loadWords(next).then(() => {
      queries.clear();
      setSpoken(next);
    });
  };
  const large = look.size === 'large';
  const phone = usePhone();
  return (
    <QueryClientProvider client={queries}>
      <LanguageProvider value={{ language: spoken, choose }}>
        <ConfigProvider
          key={spoken}
          csp={csp}
          locale={locales[spoken]}
          button={{ autoInsertSpace: false }}
          theme={{
            algorithm: look.dark ? themes.darkAlgorithm : themes.defaultAlgorithm,
            token: {
              colorPrimary: look.dark ? '#8db4ec' : '#21457a',
              colorError: look.dark ? '#f28b80' : '#b42318',
              colorTextPlaceholder: look.dark ? '#929dab' : '#667180',
              colorBorder: look.dark ? '#3e4854' : '#c9d0d9',
              borderRadius: 6,
              fontFamily: 'var(--font)',
              fontSize: large ? 20 : phone ? 16 : 14,
              controlHeight: large ? 48 : phone ? 44 : 36,
              motion: false,
            },
          }}
        >
          <RouterProvider router={router} />
        </ConfigProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}
