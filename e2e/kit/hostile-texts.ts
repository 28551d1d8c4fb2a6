import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Public corpora of texts that broke somebody; read where they are there, never copied. */
const corpus = (name: string) => {
  const file = fileURLToPath(new URL(`../../../shared/data/${name}.json`, import.meta.url))
  const texts = () => JSON.parse(readFileSync(file, 'utf8')) as readonly string[]
  return { name, here: existsSync(file), texts }
}

/** What each of them does if it is ever run: tells on itself. */
const run = 'hit()'

/** Texts that turn round, cover, push out, break out, or are filled with what they should not. */
const own: readonly string[] = [
  '\u202Egro.live.evil\u202D\u202E',
  '\u2066\u2067\u2068 never closed',
  '\u2069\u2069\u2069 never opened',
  '\u2068'.repeat(300) + 'a' + '\u2069'.repeat(300),
  '\u200B'.repeat(900),
  'a\u200D'.repeat(450),
  `Z${'\u0334\u0489\u0300\u031B'.repeat(200)}algo`,
  `\u0E14${'\u0E49\u0E47'.repeat(120)}`,
  '﷽'.repeat(200),
  '𒐫'.repeat(200),
  'W'.repeat(1000),
  'Donaudampfschiff'.repeat(50),
  'ا'.repeat(600),
  'word '.repeat(200),
  '\n'.repeat(500) + 'below',
  '\t\0\u0007\u001B[31m red',
  '\uD800 half a character \uDFFF',
  '👩\u200D👩\u200D👧'.repeat(60),
  '\u2028\u2029\u0085',
  'x'.repeat(100_000),
  `<img src=x onerror=${run}>`,
  `"><svg/onload=${run}>`,
  `</p></div></dialog><script>${run}</script>`,
  `<style>*{display:none!important}</style>`,
  `<a href="javascript:${run}">Thanks</a>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<template shadowrootmode=open><slot></slot></template>`,
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `\${${run}}`,
  '{{constructor.constructor}}',
  '{{__proto__.toString|<b>none</b>}}',
  `{{account.name|<script>${run}</script>}}`,
  `{{account.none|currency:<script>}}`,
  '{{account.{{account.name}}|inner}}',
  '{{'.repeat(400),
  '{{account.none|plural:other=<b>#</b>|none}}',
  '}}{{|}}{{',
  '$& $1 $` %s %o %c',
]

/** Addresses that are none, or lead elsewhere than they say. */
const addresses: readonly string[] = [
  'javascript:', 'JaVaScRiPt:', ' javascript:', '\u0001javascript:', '\u200Bjavascript:', '\uFEFFjavascript:',
  'java\tscript:', 'java\nscript:', 'java\r\nscript:', 'javascript\t:', 'javascript\u0000:', 'ｊavascript:',
  'javascript&colon;', 'javascript&#58;', '&#106;avascript:', 'javascript%3A', '%6Aavascript:', 'feed:javascript:',
  '/javascript:', '?javascript:', '#javascript:', '//javascript:', './javascript:', 'https:javascript:', 'x/../javascript:',
  'vbscript:', 'livescript:', 'view-source:', 'jar:', 'mhtml:', 'about:', 'filesystem:', 'chrome://', 'ws://',
].map((before) => `${before}${run}`) // prettier-ignore
const others: readonly string[] = [
  `data:text/html,<script>opener.${run}</script>`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${run}'/>`,
  `DATA:text/html;base64,PHNjcmlwdD5oaXQoKTwvc2NyaXB0Pg==`,
  'blob:https://shop.example/0',
  'file:///etc/passwd',
  'intent://evil.example/#Intent;end',
  'about:blank',
  'mailto:?subject=a%0Abcc:evil@evil.example',
  'tel:+1\u202E23',
  '//evil.example/picture',
  '\\\\evil.example\\picture',
  'http:/\\evil.example/picture',
  'https://shop.example@evil.example/picture',
  'https://[::1',
  'http://%00/',
  '',
  '{{account.name}}',
  'a'.repeat(100_000),
]

export const corpora = [
  { name: 'our own', here: true, texts: () => [...own, ...addresses] },
  corpus('blns'),
  corpus('dompurify-payloads'),
]

export const hostileAddresses = [...addresses, ...others]
