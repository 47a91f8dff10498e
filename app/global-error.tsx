'use client';
import './globals.css';

const TEXT = {
  en: {
    title: 'Sidelight broke',
    text: 'A mistake in Sidelight, not in your cluster: nothing was changed.',
    retry: 'Load it anew',
  },
  'zh-CN': {
    title: 'Sidelight 出错了',
    text: '这是 Sidelight 的错误，与您的集群无关：没有更改任何东西。',
    retry: '重新加载',
  },
} as const;

/** Stands in for everything when the layout itself broke, so it brings its own texts: the catalogs may be what is gone. */
export default function BrokenApp({ error }: { readonly error: Error & { readonly digest?: string } }) {
  const isChinese = typeof navigator !== 'undefined' && navigator.language.startsWith('zh');
  const locale = isChinese ? 'zh-CN' : 'en';
  const { title, text, retry } = TEXT[locale];
  return (
    <html lang={locale} data-theme="system">
      <body>
        <main role="alert" className="mx-auto max-w-prose px-6 pt-24">
          <h1 className="text-title font-semibold">{title}</h1>
          <p className="mt-1 text-prose text-ink-2">{text}</p>
          <p className="mono mt-3 break-words text-ink-2">{error.digest ?? error.message}</p>
          <button type="button" className="button button-primary mt-4" onClick={() => location.reload()}>
            {retry}
          </button>
        </main>
      </body>
    </html>
  );
}
